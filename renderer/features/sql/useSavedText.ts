import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from '../../app/clientContext.tsx';
import { useMessages } from '../../app/messages.tsx';

const delayMillis = 300;

/**
 * A tab's SQL text, kept on the backend's disk: saved as typed (after 300 ms of rest, when the editor loses the focus and
 * when the page goes), and read back after a crash. `text` is null until it is read.
 */
export function useSavedText(tabId: string, initial: string): { text: string | null; changed(text: string): void; flush(): void } {
  const client = useClient();
  const messages = useMessages();
  const [text, setText] = useState<string | null>(null);
  const unsaved = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    const pending = unsaved.current;
    if (pending === null) return;
    unsaved.current = null;
    client.workspace.saveText({ tabId, text: pending }).catch((error: unknown) => {
      // Kept, so that the next pause tries again.
      unsaved.current ??= pending;
      messages.error(error);
    });
  }, [client, messages, tabId]);

  const changed = useCallback(
    (next: string) => {
      unsaved.current = next;
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, delayMillis);
    },
    [flush],
  );

  useEffect(() => {
    let wanted = true;
    client.workspace.loadText({ tabId }).then(
      (saved) => {
        if (!wanted) return;
        setText(saved.text ?? initial);
        if (saved.text === null && initial) changed(initial);
      },
      (error: unknown) => {
        if (wanted) setText(initial);
        messages.error(error);
      },
    );
    return () => {
      wanted = false;
    };
    // Read once: later changes come from the editor.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [tabId]);

  useEffect(() => {
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [flush]);

  return { text, changed, flush };
}
