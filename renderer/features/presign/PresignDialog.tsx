import { Button, Group, Modal } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { useMessages } from '../../app/messages.tsx';
import { copyText } from '../../ui/clipboard.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatDate } from '../../ui/format.ts';
import { ToolButton } from '../../ui/Toolbar.tsx';
import styles from '../bucket/bucket.module.css';
import { Choice, TextField } from '../bucket/forms/fields.tsx';
import { asCsv, curlPut } from './formats.ts';

const HOUR = 3600;
const EXPIRIES = [['900', 'minutes15'], ['3600', 'hour'], ['43200', 'hours12'], ['86400', 'day'], ['604800', 'days7']] as const;

interface Props {
  bucket: string;
  /** The objects to read; none: an address to upload to, below `prefix`. */
  objects: { key: string; versionId?: string }[];
  prefix: string;
  onClose(): void;
}
interface Signed {
  urls: { key: string; url: string }[];
  expiresAt: string;
  limitedBy: 'wanted' | 'credentials';
  method: 'GET' | 'PUT';
}

/** Addresses that work without credentials, with the time they really end. They are shown here and kept nowhere. */
export function PresignDialog({ bucket, objects, prefix, onClose }: Props) {
  const { t } = useTranslation('presign');
  const client = useClient();
  const messages = useMessages();
  const { id: connectionId, readOnly } = useCurrentConnection();
  const [method, setMethod] = useState<'GET' | 'PUT'>(objects.length > 0 ? 'GET' : 'PUT');
  const [key, setKey] = useState(objects[0]?.key ?? prefix);
  const [expiresIn, setExpiresIn] = useState(String(HOUR));
  const [contentType, setContentType] = useState('');
  const [disposition, setDisposition] = useState('');
  const [signed, setSigned] = useState<Signed | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const wanted = method === 'GET' ? objects : [{ key }];
  const forbidden = method === 'PUT' && readOnly;
  const change = <T,>(set: (value: T) => void) => (value: T) => {
    set(value);
    setSigned(null);
  };
  const sign = async () => {
    setBusy(true);
    setError(null);
    try {
      const answer = await client.s3Bucket.presign({
        connectionId,
        bucket,
        method,
        objects: wanted,
        expiresIn: Number(expiresIn),
        contentType: contentType || undefined,
        contentDisposition: method === 'GET' ? disposition || undefined : undefined,
      });
      setSigned({ ...answer, method });
    } catch (reason) {
      setError(reason);
    }
    setBusy(false);
  };
  const copy = (text: string) => {
    void copyText(text);
    messages.notify(t('copied'), 'success');
  };
  const first = signed?.urls[0]?.url ?? '';
  return (
    <Modal opened onClose={onClose} title={t('title')} size="xl" closeButtonProps={{ 'aria-label': t('close', { ns: 'window' }) }}>
      <div className={styles.dialog}>
        <div className={styles.row}>
          <Choice label={t('method')} value={method} options={[...(objects.length > 0 ? ([['GET', t('get')]] as const) : []), ['PUT', t('put')]]} onChange={change((value) => setMethod(value as 'GET'))} />
          <Choice label={t('expiry')} value={expiresIn} options={EXPIRIES.map(([seconds, name]) => [seconds, t(`for.${name}`)] as const)} onChange={change(setExpiresIn)} />
          <TextField label={t('contentType')} value={contentType} placeholder="text/csv" onChange={change(setContentType)} />
        </div>
        {method === 'PUT' ? <TextField wide label={t('key')} value={key} onChange={change(setKey)} /> : <TextField wide label={t('disposition')} value={disposition} placeholder='attachment; filename="report.csv"' onChange={change(setDisposition)} />}
        <p className={styles.quiet}>{t(method === 'GET' ? 'aboutGet' : 'aboutPut', { count: wanted.length })}</p>
        {forbidden && <p className={styles.warning} role="note">{t('readOnly')}</p>}
        {error !== null && <ErrorNotice error={toAppError(error)} />}
        {signed && (
          <>
            <p className={signed.limitedBy === 'credentials' ? styles.warning : styles.said} role="status">
              {t(signed.limitedBy === 'credentials' ? 'endsWithCredentials' : 'ends', { at: formatDate(signed.expiresAt, true) })}
            </p>
            <pre className={styles.urls} tabIndex={0} aria-label={t('addresses')}>{signed.urls.map(({ url }) => url).join('\n')}</pre>
            {signed.method === 'PUT' && <pre className={styles.urls} tabIndex={0} aria-label="curl">{curlPut(first, contentType)}</pre>}
            <div className={styles.row}>
              <ToolButton icon={<IconCopy size={14} aria-hidden />} onClick={() => copy(signed.urls.map(({ url }) => url).join('\n'))}>{t('copy', { count: signed.urls.length })}</ToolButton>
              {signed.urls.length > 1 && <ToolButton icon={<IconCopy size={14} aria-hidden />} onClick={() => copy(asCsv(signed.urls, signed.expiresAt))}>{t('copyCsv')}</ToolButton>}
              {signed.method === 'PUT' && <ToolButton icon={<IconCopy size={14} aria-hidden />} onClick={() => copy(curlPut(first, contentType))}>{t('copyCurl')}</ToolButton>}
            </div>
          </>
        )}
        <Group justify="flex-end" gap={8} w="100%">
          <Button variant="default" onClick={onClose}>{t('done')}</Button>
          <Button loading={busy} disabled={forbidden || wanted.length === 0 || (method === 'PUT' && (!key || key.endsWith('/')))} onClick={() => void sign()}>{t('sign')}</Button>
        </Group>
      </div>
    </Modal>
  );
}
