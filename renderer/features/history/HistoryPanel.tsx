import { IconCopy, IconHistory, IconPin, IconPinnedOff, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useDeferredValue, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { useMessages } from '../../app/messages.tsx';
import { PanelActions } from '../../app/panelActions.tsx';
import { copyText } from '../../ui/clipboard.ts';
import { ContextMenu, type MenuEntry } from '../../ui/ContextMenu.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { FilterField } from '../../ui/FilterField.tsx';
import type { Run } from '../../../shared/contract/runs.ts';
import { HistoryRow, historyTracks } from './HistoryRow.tsx';
import styles from './history.module.css';
import { useOpenRun } from './useOpenRun.ts';

const rowHeight = 25;
const refreshMillis = 4000;

/** Every query run from this app, newest first. Enter opens its text and its stored result; nothing runs again. */
export default function HistoryPanel() {
  const { t } = useTranslation('history');
  const client = useClient();
  const cache = useQueryClient();
  const messages = useMessages();
  const openRun = useOpenRun();
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed.trim());
  const query = useInfiniteQuery({
    queryKey: ['history', text],
    queryFn: ({ pageParam, signal }) => client.runs.history({ text: text || undefined, before: pageParam || undefined, max: 100 }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: refreshMillis,
  });
  const stored = useQuery({ queryKey: ['results', 'stored'], queryFn: () => client.results.stored(), refetchInterval: refreshMillis });
  const kept = useMemo(() => new Set(stored.data?.results.filter(({ pinned }) => pinned).map(({ runId }) => runId)), [stored.data]);
  const runs = useMemo(() => query.data?.pages.flatMap((page) => page.runs) ?? [], [query.data]);
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
      disabled: run.state === 'succeeded' ? undefined : t('noResult'),
      run: () => void pin(run),
    },
    { label: t('copySql'), icon: <IconCopy size={15} />, run: () => void copyText(run.sql) },
    'separator',
    { label: t('forget'), icon: <IconTrash size={15} />, danger: true, run: () => void forget(run) },
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
    else if (event.key === 'Delete' && run) void forget(run);
    else return;
    event.preventDefault();
  };
  const actions = (
    <PanelActions>
      <div className={styles.filter}>
        <FilterField label={t('filter')} value={typed} onChange={setTyped} />
      </div>
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
        {text ? <EmptyState title={t('nothingFound')} /> : <EmptyState icon={<IconHistory size={24} stroke={1.4} />} title={t('empty')} text={t('emptyText')} />}
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
                  key={run.id}
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
