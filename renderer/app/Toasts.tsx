import { IconAlertTriangle, IconCircleCheck, IconInfoCircle, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/IconButton.tsx';
import { ToolButton } from '../ui/Toolbar.tsx';
import { useMessageList, type Message } from './messages.tsx';
import { usePanel } from './panel.ts';
import styles from './Toasts.module.css';

const SHOWN_MS = { info: 4_000, success: 4_000, warning: 8_000, error: 12_000 } as const;
/** Whoever may act on it needs time to. */
const WITH_ACTION_MS = 12_000;

function Toast({ message, onDone }: { message: Message; onDone(): void }) {
  const { t } = useTranslation('window');
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(onDone, message.action ? WITH_ACTION_MS : SHOWN_MS[message.level]);
    return () => clearTimeout(timer);
  }, [held, message.action, message.level, onDone]);
  const Level = message.level === 'success' ? IconCircleCheck : message.level === 'info' ? IconInfoCircle : IconAlertTriangle;
  return (
    <div className={styles.toast} data-level={message.level} onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)} onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}>
      <Level size={16} aria-hidden />
      <div className={styles.text}>
        {message.text}
        {message.error?.detail && <p>{message.error.detail}</p>}
      </div>
      {message.action && (
        <ToolButton
          onClick={() => {
            message.action?.run();
            onDone();
          }}
        >
          {message.action.label}
        </ToolButton>
      )}
      <IconButton label={t('dismiss')} onClick={onDone}>
        <IconX size={14} />
      </IconButton>
    </div>
  );
}

/** The newest message, for a moment, above the status line; all of them stay in the Messages panel. */
export function Toasts() {
  const { list } = useMessageList();
  const { open, shown } = usePanel();
  const [doneId, setDoneId] = useState(0);
  const newest = list[0];
  const visible = newest && newest.id > doneId && !(open && shown === 'messages') ? newest : undefined;
  const visibleId = visible?.id;
  useEffect(() => {
    if (visibleId === undefined) return;
    // What is open above it (a dialog, a menu) takes the first one; what the focus is in does with it what it does.
    const onKeyDown = (event: KeyboardEvent) => event.key === 'Escape' && !document.querySelector('[role=dialog], [role=menu]') && setDoneId(visibleId);
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [visibleId]);
  return (
    <div aria-live="polite" className={styles.place}>
      {visible && <Toast key={visible.id} message={visible} onDone={() => setDoneId(visible.id)} />}
    </div>
  );
}
