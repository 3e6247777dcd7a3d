import { useTranslation } from 'react-i18next';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ToolButton } from '../../ui/Toolbar.tsx';
import type { AppErrorData } from '../../../shared/errors.ts';
import { useAllowWriting } from '../connections/useAllowWriting.tsx';
import styles from './sql.module.css';

interface Props {
  error: AppErrorData;
  sql: string | undefined;
  /** One-based place in the editor, where the engine named one. */
  at: { line: number; column: number } | null;
  onGoTo(at: { line: number; column: number }): void;
  onRetry?: (() => void) | undefined;
}

/** Why a statement failed, where, and the next step; a read-only connection can be opened for writing here, knowingly. */
export function RunFailure({ error, sql, at, onGoTo, onRetry }: Props) {
  const { t } = useTranslation('sql');
  const connection = useCurrentConnection();
  const messages = useMessages();
  const allow = useAllowWriting();
  const allowWriting = () => {
    allow(connection)
      .then((allowed) => allowed && messages.notify(t('readOnly.allowed', { connection: connection.name })))
      .catch(messages.error);
  };
  return (
    <div className={styles.failed}>
      <ErrorNotice error={error} onRetry={error.retryable ? onRetry : undefined} />
      <div className={styles.where}>
        {at && <ToolButton onClick={() => onGoTo(at)}>{t('goToError', { line: at.line, column: at.column })}</ToolButton>}
        {error.code === 'ReadOnlyConnection' && connection.readOnly && (
          <ToolButton danger onClick={allowWriting}>
            {t('readOnly.allow', { connection: connection.name })}
          </ToolButton>
        )}
      </div>
      {sql && !at && <pre className={styles.statement}>{sql}</pre>}
    </div>
  );
}
