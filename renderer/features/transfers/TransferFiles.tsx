import { Modal, Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Transfer, TransferFile } from '../../../shared/contract/transfers.ts';
import { useClient } from '../../app/clientContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { FilterField } from '../../ui/FilterField.tsx';
import { formatBytes } from '../../ui/format.ts';
import { VirtualTable } from '../catalog/VirtualTable.tsx';
import styles from './TransferFiles.module.css';
import { hasEnded } from './transferState.ts';

const STATES = ['all', 'failed', 'active', 'pending', 'done', 'skipped'] as const;
const REFRESH = 2000;

/** The files of one transfer, however many: state, bytes, and what went wrong with each. */
export function TransferFiles({ transfer, onClose }: { transfer: Transfer; onClose(): void }) {
  const { t } = useTranslation('transfers');
  const client = useClient();
  const { id, source, target, filesFailed } = transfer;
  const [state, setState] = useState<(typeof STATES)[number]>(filesFailed > 0 ? 'failed' : 'all');
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed.trim());
  const { data, error, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    queryKey: ['transferFiles', id, state, text],
    queryFn: ({ pageParam, signal }) => client.transfers.files({ id, states: state === 'all' ? undefined : [state], text: text || undefined, after: pageParam ?? undefined, max: 500 }, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    // What runs is read again while its first pages are all that is shown.
    refetchInterval: (query) => (!hasEnded(transfer) && (query.state.data?.pages.length ?? 0) <= 2 ? REFRESH : false),
    gcTime: 0,
  });
  const files = useMemo(() => data?.pages.flatMap((page) => page.files) ?? [], [data]);
  const row = (index: number) => {
    const file = files[index] as TransferFile;
    const said = file.error ? [file.error.message, file.error.detail].filter(Boolean).join(' ') : t(`fileState.${file.state}`);
    return [
      <span key="name" title={file.path ?? file.key}>
        {file.key}
      </span>,
      <span key="size" className="numeric">
        {file.state === 'active' ? `${formatBytes(file.bytesDone)} / ${formatBytes(file.size)}` : formatBytes(file.size)}
      </span>,
      <span key="state" className={file.state === 'failed' ? styles.error : styles.quiet} title={said}>
        {said}
      </span>,
    ];
  };
  return (
    <Modal opened onClose={onClose} size="75rem" title={t('filesTitle', { what: target ? `${source} → ${target}` : source })} closeButtonProps={{ 'aria-label': t('close') }}>
      <div className={styles.tools}>
        <FilterField label={t('findFile')} value={typed} onChange={setTyped} />
        <Select size="xs" aria-label={t('fileStates')} data={STATES.map((value) => ({ value, label: t(`fileState.${value}`) }))} value={state} allowDeselect={false} onChange={(value) => setState(value as typeof state)} />
      </div>
      {error && <ErrorNotice error={toAppError(error)} />}
      <div className={styles.files}>
        <VirtualTable
          label={t('files')}
          tracks="minmax(160px, 3fr) 150px minmax(160px, 2fr)"
          head={[t('fileName'), t('fileSize'), t('fileStateHead')]}
          rows={files.length}
          row={row}
          onEnd={hasNextPage && !isFetching ? () => void fetchNextPage() : undefined}
          foot={files.length === 0 && !error ? <p className={styles.quiet}>{isFetching || hasNextPage ? t('filesReading') : t('filesNone')}</p> : undefined}
        />
      </div>
    </Modal>
  );
}
