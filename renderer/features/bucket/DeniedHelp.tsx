import { IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AppErrorData } from '../../../shared/errors.ts';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { copyText } from '../../ui/clipboard.ts';
import { ToolButton } from '../../ui/Toolbar.tsx';
import styles from './bucket.module.css';
import { leastPolicy } from './leastPolicy.ts';
import { RequesterPaysSwitch } from './RequesterPaysSwitch.tsx';

interface Props {
  error: AppErrorData;
  bucket: string;
  prefix?: string;
  /** Offers to pay, where that may be what is missing; runs when it was chosen. */
  onPay?: () => void;
}

/** Below a denial: a text for an administrator with the least policy, and the one cause a user can mend. */
export function DeniedHelp({ error, bucket, prefix = '', onPay }: Props) {
  const { t } = useTranslation('bucket');
  const messages = useMessages();
  const { name } = useCurrentConnection();
  if (error.code !== 'AccessDenied') return null;
  const { action = 's3:ListBucket', requestId } = error;
  const copy = () => {
    const policy = JSON.stringify(leastPolicy({ bucket, prefix, action }), null, 2);
    void copyText(t('adminText', { action, place: `s3://${bucket}/${prefix}`, name, reason: error.detail ?? error.message, requestId: requestId ?? '-', policy, interpolation: { escapeValue: false } }));
    messages.notify(t('adminCopied'), 'success');
  };
  return (
    <div className={styles.help}>
      <ToolButton icon={<IconCopy size={14} aria-hidden />} onClick={copy}>
        {t('copyAdmin')}
      </ToolButton>
      {onPay && <RequesterPaysSwitch bucket={bucket} changed={onPay} />}
    </div>
  );
}
