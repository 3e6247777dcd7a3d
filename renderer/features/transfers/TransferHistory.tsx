import { Modal } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Transfer } from '../../../shared/contract/transfers.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useConnections } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { FilterField } from '../../ui/FilterField.tsx';
import { formatBytes, formatDate, formatNumber } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { VirtualTable } from '../catalog/VirtualTable.tsx';
import { canUndo, undoLabel, useUndo } from '../versions/useUndo.ts';
import styles from './TransferFiles.module.css';
import { nameOf } from './transferState.ts';

/** Every transfer that ended, also those cleared from the list; found by source, target or the name of a file. */
export function TransferHistory({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('transfers');
  const client = useClient();
  const { list } = useConnections();
  const undo = useUndo();
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed.trim());
  const { data, error, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    queryKey: ['transferHistory', text],
    queryFn: ({ pageParam, signal }) => client.transfers.history({ text: text || undefined, after: pageParam ?? undefined, max: 100 }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    gcTime: 0,
  });
  const transfers = useMemo(() => data?.pages.flatMap((page) => page.transfers) ?? [], [data]);
  const row = (index: number) => {
    const transfer = transfers[index] as Transfer;
    const { kind, state, createdAt, filesDone, filesTotal, bytesDone, error: failure } = transfer;
    const what = nameOf(transfer);
    const readOnly = list.find(({ id }) => id === transfer.connectionId)?.readOnly;
    return [
      formatDate(createdAt),
      t(`kind.${kind}`),
      <span key="what" title={what}>
        {what}
      </span>,
      t(kind === 'empty' ? 'entriesOf' : 'filesOf', { done: formatNumber(filesDone), count: filesTotal, all: formatNumber(filesTotal) }),
      formatBytes(bytesDone),
      <span key="state" className={state === 'failed' ? styles.error : styles.quiet} title={failure?.message}>
        {failure && state === 'failed' ? failure.message : t(`state.${state}`)}
      </span>,
      canUndo(transfer) && (
        <IconButton
          key="undo"
          label={undoLabel(t, transfer, readOnly)}
          disabled={readOnly}
          onClick={() => {
            onClose();
            undo(transfer);
          }}
        >
          <IconArrowBackUp size={15} />
        </IconButton>
      ),
    ];
  };
  return (
    <Modal opened onClose={onClose} size="80rem" title={t('history')} closeButtonProps={{ 'aria-label': t('close') }}>
      <div className={styles.tools}>
        <FilterField label={t('findTransfer')} value={typed} onChange={setTyped} />
      </div>
      {error && <ErrorNotice error={toAppError(error)} />}
      <div className={styles.files}>
        <VirtualTable
          label={t('history')}
          tracks="120px 160px minmax(200px, 3fr) 130px 80px minmax(120px, 1fr) 32px"
          head={[t('started'), t('kindHead'), t('what'), t('files'), t('fileSize'), t('fileStateHead'), <span key="undo" className="visually-hidden">{t('undoHead')}</span>]}
          rows={transfers.length}
          row={row}
          onEnd={hasNextPage && !isFetching ? () => void fetchNextPage() : undefined}
          foot={transfers.length === 0 && !error ? <p className={styles.quiet}>{isFetching || hasNextPage ? t('filesReading') : t('historyNone')}</p> : undefined}
        />
      </div>
    </Modal>
  );
}
