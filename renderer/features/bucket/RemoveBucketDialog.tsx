import { Button, Group, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { useMessages } from '../../app/messages.tsx';
import { s3Uri } from '../../app/openTabs.ts';
import { ConnectionDot } from '../../ui/ConnectionDot.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatBytes, formatNumber } from '../../ui/format.ts';
import { hasEnded } from '../transfers/transferState.ts';
import { useTransfers } from '../transfers/useTransfers.ts';
import styles from './bucket.module.css';
import { EmptyingProgress } from './EmptyingProgress.tsx';
import { TextField } from './forms/fields.tsx';

interface Props {
  bucket: string;
  /** Only its contents, or the bucket with them. */
  purpose: 'empty' | 'delete';
  onClose(): void;
  /** Something of it is gone. */
  changed(): void;
}

/**
 * Deletes an empty bucket, or empties one. What is in it is counted first, and goes only after its name was typed, as a
 * transfer whose progress is shown here while one looks.
 */
export function RemoveBucketDialog({ bucket, purpose, onClose, changed }: Props) {
  const { t } = useTranslation('bucket');
  const { t: ofObjects } = useTranslation('objects');
  const client = useClient();
  const messages = useMessages();
  const connection = useCurrentConnection();
  const { list } = useTransfers();
  const at = { connectionId: connection.id, bucket };
  const [typed, setTyped] = useState('');
  const [started, setStarted] = useState<string>();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const contents = useQuery({ queryKey: ['bucket', connection.id, bucket, 'contents'], queryFn: ({ signal }) => client.s3Bucket.contents(at, { signal }), retry: false, staleTime: 0, gcTime: 0 });
  const { data, refetch } = contents;
  const inside = data ? data.objects + data.noncurrent + data.deleteMarkers : 0;
  const toEmpty = purpose === 'empty' ? inside + (data?.uploads ?? 0) : inside;
  const ofBucket = list.filter((one) => one.kind === 'empty' && one.connectionId === connection.id && one.source === s3Uri(bucket, ''));
  const running = ofBucket.find((one) => !hasEnded(one));
  // One that was begun before this was opened is watched to its end, too.
  if (running && running.id !== started) setStarted(running.id);
  const emptying = ofBucket.find(({ id }) => id === started);
  const runs = running !== undefined;
  const endedId = emptying && !runs ? emptying.id : undefined;
  useEffect(() => {
    if (endedId === undefined) return;
    void refetch();
    changed();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only when the emptying ends
  }, [endedId]);

  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    await work().catch(setError);
    setBusy(false);
  };
  const remove = () =>
    attempt(async () => {
      await client.s3.deleteBucket(at);
      messages.notify(ofObjects('bucketDeleted', { bucket }), 'success');
      changed();
      onClose();
    });
  const empty = () =>
    attempt(async () => {
      setStarted((await client.transfers.emptyBucket({ ...at, confirm: typed })).id);
      setTyped('');
    });
  const known = data && !contents.isFetching && !runs;
  const counts = data && { objects: formatNumber(data.objects), versions: formatNumber(data.noncurrent), markers: formatNumber(data.deleteMarkers), bytes: formatBytes(data.bytes) };
  return (
    <Modal opened onClose={onClose} title={purpose === 'empty' ? t('delete.emptyTitle', { bucket }) : ofObjects('deleteBucketTitle', { bucket })} size="md" closeButtonProps={{ 'aria-label': t('close', { ns: 'window' }) }}>
      <form
        className={styles.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          if (known && toEmpty > 0 && typed === bucket && !busy) void empty();
        }}
      >
        <p className={styles.connection}><ConnectionDot colour={connection.colour} /> {connection.name}</p>
        {emptying && <EmptyingProgress transfer={emptying} />}
        {emptying?.error && <ErrorNotice error={toAppError({ data: emptying.error })} compact />}
        {!runs && contents.isFetching && <p className={styles.quiet}>{t('delete.counting')}</p>}
        {!runs && contents.error && <ErrorNotice error={toAppError(contents.error)} compact />}
        {known && inside === 0 && <p className={styles.said}>{purpose === 'empty' ? t('delete.isEmpty') : ofObjects('deleteBucketText')}</p>}
        {known && inside > 0 && <p className={styles.said}>{t(data.complete ? 'delete.holds' : 'delete.holdsAtLeast', counts)}</p>}
        {known && data.uploads > 0 && <p className={styles.quiet}>{t('delete.uploads', { count: data.uploads })}</p>}
        {known && toEmpty > 0 && (
          <>
            <p className={styles.warning} role="note">{t(purpose === 'empty' ? 'delete.forGood' : 'delete.emptyText')}</p>
            <TextField wide label={t('delete.typeName', { bucket })} value={typed} onChange={setTyped} />
          </>
        )}
        {error !== null && <ErrorNotice error={toAppError(error)} />}
        <Group justify="flex-end" gap={8} w="100%">
          <Button variant="default" onClick={onClose} data-autofocus>{t(emptying || (purpose === 'empty' && data && toEmpty === 0) ? 'delete.close' : 'cancel')}</Button>
          {runs && <Button variant="default" onClick={() => void client.transfers.cancel({ id: running.id }).catch(setError)}>{t('delete.stop')}</Button>}
          {!runs && toEmpty > 0 && <Button type="submit" color="var(--error)" disabled={!known || busy || typed !== bucket} loading={busy}>{t('delete.empty')}</Button>}
          {purpose === 'delete' && <Button color="var(--error)" disabled={!known || busy || inside > 0} onClick={() => void remove()}>{ofObjects('deleteBucket')}</Button>}
        </Group>
      </form>
    </Modal>
  );
}
