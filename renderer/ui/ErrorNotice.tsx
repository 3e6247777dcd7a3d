import { IconAlertTriangle, IconCopy, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AppErrorData } from '../../shared/errors.ts';
import { copyText } from './clipboard.ts';
import styles from './ErrorNotice.module.css';
import { ToolButton } from './Toolbar.tsx';

interface Props {
  error: AppErrorData;
  onRetry?: (() => void) | undefined;
  /** One line and no facts, for a row or a narrow place. */
  compact?: boolean;
}

/** An error where it happened: what failed, why, the denied action, the request id, and the next step. */
export function ErrorNotice({ error, onRetry, compact = false }: Props) {
  const { t } = useTranslation('window');
  const facts = [
    [t(error.code === 'AccessDenied' || error.code === 'ReadOnlyConnection' ? 'error.deniedAction' : 'error.action'), error.action],
    // Said once is enough.
    [t('error.resource'), error.resource && error.message.includes(error.resource) ? undefined : error.resource],
    [t('error.service'), error.awsCode],
    [t('error.requestId'), error.requestId],
  ].filter((fact): fact is [string, string] => Boolean(fact[1]));
  return (
    <div className={compact ? styles.compact : styles.notice} role="alert">
      <IconAlertTriangle size={16} className={styles.icon} aria-hidden />
      <div className={styles.body}>
        <p className={styles.message}>{error.message}</p>
        {error.detail && <p className={styles.detail}>{error.detail}</p>}
        {!compact && facts.length > 0 && (
          <dl className={styles.facts}>
            {facts.map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd className="mono">{value}</dd>
              </div>
            ))}
          </dl>
        )}
        {error.signInCommand && (
          <p className={styles.command}>
            <code>{error.signInCommand}</code>
            <ToolButton icon={<IconCopy size={14} />} onClick={() => void copyText(error.signInCommand ?? '')}>
              {t('error.copyCommand')}
            </ToolButton>
          </p>
        )}
        {onRetry && (
          <ToolButton icon={<IconRefresh size={14} />} onClick={onRetry} className={styles.retry}>
            {t('error.retry')}
          </ToolButton>
        )}
      </div>
    </div>
  );
}
