import { useEffect, useRef } from 'react';
import type { WorkspaceState } from '../../shared/contract/workspace.ts';
import { useClient } from './clientContext.tsx';
import { useMessages } from './messages.tsx';

const DELAY_MS = 300;

/** Saves the tabs at each change, the rest (sizes, sorted columns) shortly after it, and all at once when the page is left. */
export function useSaved(state: WorkspaceState, initial: WorkspaceState): void {
  const client = useClient();
  const messages = useMessages();
  const saved = useRef(initial);
  useEffect(() => {
    if (state === saved.current) return;
    const save = () => {
      if (state === saved.current) return;
      saved.current = state;
      client.workspace.save(state).catch(messages.error);
    };
    if (state.tabs !== saved.current.tabs) {
      save();
      return undefined;
    }
    const timer = setTimeout(save, DELAY_MS);
    window.addEventListener('pagehide', save);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', save);
    };
  }, [state, client, messages]);
}
