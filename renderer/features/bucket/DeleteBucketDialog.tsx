import { Button, Group, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { useMessages } from '../../app/messages.tsx';
import { ConnectionDot } from '../../ui/ConnectionDot.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatBytes, formatNumber } from '../../ui/format.ts';
import styles from './bucket.module.css';
import { TextField } from './forms/fields.tsx';

/** Deletes an empty bucket. One that is not says what is in it, and is emptied only after its name was typed. */
export function DeleteBucketDialog({ bucket, onClose, deleted }: { bucket: string; onClose(): void; deleted(): void }) {
  const { t } = useTranslation('bucket');
  const { t: ofObjects } = useTranslation('objects');
  const client = useClient();
  const messages = useMessages();
  const connection = useCurrentConnection();
  const at = { connectionId: connection.id, bucket };
  const [typed, setTyped] = useState('');
  const [gone, setGone] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const stopped = useRef(false);
  const contents = useQuery({ queryKey: ['bucket', connection.id, bucket, 'contents'], queryFn: ({ signal }) => client.s3Bucket.contents(at, { signal }), retry: false, staleTime: 0, gcTime: 0 });
  const { data } = contents;
  const inside = data ? data.objects + data.noncurrent + data.deleteMarkers : 0;

  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    stopped.current = false;
    try {
      await work();
    } catch (reason) {
      setError(reason);
    }
    setBusy(false);
  };
  const remove = () =>
    run(async () => {
      await client.s3.deleteBucket(at);
      messages.notify(ofObjects('bucketDeleted', { bucket }), 'success');
      deleted();
      onClose();
    });
  const empty = () =>
    run(async () => {
      let all = 0;
      for (;;) {
        const { deleted: now, more, failed } = await client.s3Bucket.emptyPage(at);
        all += now;
        setGone(all);
        if (failed[0]) setError(failed[0].error);
        if (!more || stopped.current) break;
      }
      setTyped('');
      await contents.refetch();
      deleted();
    });
  const close = () => {
    stopped.current = true;
    onClose();
  };
  return (
    <Modal opened onClose={close} title={ofObjects('deleteBucketTitle', { bucket })} size="md" closeButtonProps={{ 'aria-label': t('close', { ns: 'window' }) }}>
      <div className={styles.dialog}>
        <p className={styles.connection}><ConnectionDot colour={connection.colour} /> {connection.name}</p>
        {contents.isFetching && <p className={styles.quiet}>{t('delete.counting')}</p>}
        {contents.error && <ErrorNotice error={toAppError(contents.error)} compact />}
        {data && inside === 0 && <p className={styles.said}>{ofObjects('deleteBucketText')}</p>}
        {data && inside > 0 && (
          <>
            <p className={styles.said}>
              {t(data.complete ? 'delete.holds' : 'delete.holdsAtLeast', { objects: formatNumber(data.objects), versions: formatNumber(data.noncurrent), markers: formatNumber(data.deleteMarkers), bytes: formatBytes(data.bytes) })}
            </p>
            <p className={styles.warning} role="note">{t('delete.emptyText')}</p>
            <TextField wide label={t('delete.typeName', { bucket })} value={typed} onChange={setTyped} />
          </>
        )}
        {data && data.uploads > 0 && <p className={styles.quiet}>{t('delete.uploads', { count: data.uploads })}</p>}
        {gone !== null && <p className={styles.said} aria-live="polite">{t('delete.gone', { count: gone, n: formatNumber(gone) })}</p>}
        {error !== null && <ErrorNotice error={toAppError(error)} />}
        <Group justify="flex-end" gap={8} w="100%">
          <Button variant="default" onClick={busy ? () => (stopped.current = true) : close} data-autofocus>{t(busy ? 'delete.stop' : 'cancel')}</Button>
          {inside > 0 && <Button color="var(--error)" disabled={busy || typed !== bucket} loading={busy} onClick={() => void empty()}>{t('delete.empty')}</Button>}
          <Button color="var(--error)" disabled={busy || contents.isFetching || inside > 0} onClick={() => void remove()}>{ofObjects('deleteBucket')}</Button>
        </Group>
      </div>
    </Modal>
  );
}
