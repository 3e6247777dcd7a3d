import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/EmptyState.tsx';
import { formatDate } from '../ui/format.ts';
import { ToolButton } from '../ui/Toolbar.tsx';
import { useMessageList, type Message } from './messages.tsx';
import styles from './MessagesPanel.module.css';
import { PanelActions } from './panelActions.tsx';

const icons: Record<Message['level'], typeof IconInfoCircle> = { info: IconInfoCircle, success: IconCircleCheck, warning: IconAlertTriangle, error: IconAlertTriangle };

/** Everything the window said, newest first, errors with their facts. */
export function MessagesPanel() {
  const { t } = useTranslation('window');
  const { list, unread, markRead, clear } = useMessageList();
  useEffect(() => {
    if (unread > 0) markRead();
  }, [unread, markRead]);
  if (list.length === 0) return <EmptyState title={t('messages.none')} text={t('messages.noneText')} />;
  return (
    <>
      <PanelActions>
        <span style={{ flex: 1 }} />
        <ToolButton onClick={clear}>{t('messages.clear')}</ToolButton>
      </PanelActions>
      <ul className={styles.list} aria-label={t('panel.messages')}>
        {list.map((message) => {
          const Level = icons[message.level];
          const facts = [message.error?.detail, message.error?.action, message.error?.resource, message.error?.requestId].filter(Boolean);
          return (
            <li key={message.id} className={styles.message} data-level={message.level}>
              <Level size={15} aria-label={t(`messages.${message.level}`)} />
              <time className="numeric">{formatDate(message.at.toISOString(), true)}</time>
              <span>
                {message.text}
                {facts.length > 0 && <span className={styles.facts}> {facts.join(' · ')}</span>}
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
