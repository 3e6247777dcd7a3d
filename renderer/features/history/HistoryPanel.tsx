import { IconCopy, IconHistory, IconPin, IconPinnedOff, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useDeferredValue, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useConnections } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { useMessages } from '../../app/messages.tsx';
import { PanelActions } from '../../app/panelActions.tsx';
import { copyText } from '../../ui/clipboard.ts';
import { ContextMenu, type MenuEntry } from '../../ui/ContextMenu.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import type { Run } from '../../../shared/contract/runs.ts';
import { HistoryFilters } from './HistoryFilters.tsx';
import { HistoryRow, historyTracks } from './HistoryRow.tsx';
import styles from './history.module.css';
import { useHistory, type HistorySearch } from './useHistory.ts';
import { useOpenRun } from './useOpenRun.ts';

const rowHeight = 25;
const refreshMillis = 4000;

/** Every query run from this app, or of a workgroup, newest first. Enter opens its text and its stored result; nothing runs again. */
export default function HistoryPanel() {
  const { t } = useTranslation('history');
  const client = useClient();
  const cache = useQueryClient();
  const messages = useMessages();
  const openRun = useOpenRun();
  const { current } = useConnections();
  const [search, setSearch] = useState<HistorySearch>({ typed: '', state: '', days: 0, leastPrice: 0, workgroup: '', connectionId: current.id });
  const { query, runs, read, searching } = useHistory(useDeferredValue({ ...search, connectionId: current.id }));
  const stored = useQuery({ queryKey: ['results', 'stored'], queryFn: () => client.results.stored(), refetchInterval: refreshMillis });
  const kept = useMemo(() => new Set(stored.data?.results.filter(({ pinned }) => pinned).map(({ runId }) => runId)), [stored.data]);
  const [chosen, setChosen] = useState(0);
  const [menuAt, setMenuAt] = useState<{ x: number; y: number; run: Run } | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: runs.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 8 });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (last >= runs.length - 1 && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [last, runs.length, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const forget = (run: Run) =>
    client.runs
      .forget({ ids: [run.id] })
      .then(() => cache.invalidateQueries({ queryKey: ['history'] }))
      .catch(messages.error);
  const pin = (run: Run) =>
    client.results
      .pin({ runId: run.id, pinned: !kept.has(run.id) })
      .then(() => cache.invalidateQueries({ queryKey: ['results', 'stored'] }))
      .catch(messages.error);
  const entries = (run: Run): MenuEntry[] => [
    { label: t('open'), icon: <IconPlayerPlay size={15} />, run: () => openRun(run) },
    {
      label: t(kept.has(run.id) ? 'unpin' : 'pin'),
      icon: kept.has(run.id) ? <IconPinnedOff size={15} /> : <IconPin size={15} />,
      disabled: !run.id ? t('notOurs') : run.state === 'succeeded' ? undefined : t('noResult'),
      run: () => void pin(run),
    },
    { label: t('copySql'), icon: <IconCopy size={15} />, run: () => void copyText(run.sql) },
    'separator',
    { label: t('forget'), icon: <IconTrash size={15} />, danger: true, disabled: run.id ? undefined : t('notOurs'), run: () => void forget(run) },
  ];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const run = runs[chosen];
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6, Home: -runs.length, End: runs.length }[event.key];
    if (step !== undefined) {
      const next = Math.max(0, Math.min(runs.length - 1, chosen + step));
      setChosen(next);
      virtual.scrollToIndex(next);
    } else if (event.key === 'Enter' && run) openRun(run);
    else if (event.key === 'Delete' && run?.id) void forget(run);
    else return;
    event.preventDefault();
  };
  const actions = (
    <PanelActions>
      <HistoryFilters search={{ ...search, connectionId: current.id }} onChange={(part) => setSearch((before) => ({ ...before, ...part }))} />
    </PanelActions>
  );
  if (query.error)
    return (
      <>
        {actions}
        <ErrorNotice error={toAppError(query.error)} onRetry={() => void query.refetch()} />
      </>
    );
  if (query.data && runs.length === 0)
    return (
      <>
        {actions}
        {searching || search.workgroup ? <EmptyState title={t('nothingFound')} text={search.workgroup ? t('readSoFar', { count: read }) : undefined} /> : <EmptyState icon={<IconHistory size={24} stroke={1.4} />} title={t('empty')} text={t('emptyText')} />}
      </>
    );
  return (
    <>
      {actions}
      <div
        ref={scroller}
        className={styles.list}
        role="grid"
        aria-label={t('list')}
        aria-rowcount={runs.length + 1}
        aria-activedescendant={runs.length ? `history-${chosen}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div role="row" className={`${styles.row} ${styles.head}`} style={{ gridTemplateColumns: historyTracks }}>
          {(['state', 'sql', 'time', 'bytes', 'price', 'when'] as const).map((name) => (
            <span key={name} role="columnheader" className={name === 'state' || name === 'sql' || name === 'when' ? undefined : 'numeric'}>
              {t(name)}
            </span>
          ))}
        </div>
        <div role="rowgroup" className={styles.rows} style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const run = runs[index];
            return (
              run && (
                <HistoryRow
                  key={run.id || run.externalId}
                  id={`history-${index}`}
                  index={index}
                  run={run}
                  top={start}
                  chosen={index === chosen}
                  pinned={kept.has(run.id)}
                  onChoose={() => setChosen(index)}
                  onOpen={() => openRun(run)}
                  onMenu={(x, y) => {
                    setChosen(index);
                    setMenuAt({ x, y, run });
                  }}
                />
              )
            );
          })}
        </div>
      </div>
      <ContextMenu at={menuAt} entries={menuAt ? entries(menuAt.run) : []} onClose={() => setMenuAt(null)} />
    </>
  );
}
