import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SyncKind, SyncPlan, SyncRow } from '../../../shared/contract/sync.ts';
import { useClient } from '../../app/clientContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { useMessages } from '../../app/messages.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatBytes, formatDate } from '../../ui/format.ts';
import { VirtualTable } from '../catalog/VirtualTable.tsx';
import { visibleName } from '../objects/listingView.ts';
import { KIND_ICONS } from './KindFilter.tsx';
import styles from './sync.module.css';

interface Props {
  plan: SyncPlan;
  kinds: readonly SyncKind[];
  text: string;
  /** What is gone is deleted. */
  deleteGone: boolean;
  onPlan(plan: SyncPlan): void;
}

type Facts = SyncRow['from'];

/** The rows of a plan, page by page as they come into view; each can be left out. */
export function SyncRows({ plan, kinds, text, deleteGone, onPlan }: Props) {
  const { t } = useTranslation('sync');
  const client = useClient();
  const messages = useMessages();
  const { id } = plan;
  const queryKey = ['syncRows', id, [...kinds].sort().join(), text, plan.state];
  const { data, error, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => client.sync.rows({ id, kinds: [...kinds], text: text || undefined, after: pageParam ?? undefined, max: 500 }, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    enabled: kinds.length > 0,
    staleTime: Infinity,
    gcTime: 0,
  });
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? [], [data]);
  // A page of a rare text may hold nothing: the next is asked for until there is something, or it was the last.
  if (rows.length === 0 && hasNextPage && !isFetching && !error) void fetchNextPage();

  // What was clicked stands above what was read: a page asked for before the click may come after it.
  const [clicked, setClicked] = useState(new Map<string, boolean>());
  const isOut = ({ n, excluded }: SyncRow) => clicked.get(`${id} ${n}`) ?? excluded;
  const setExcluded = ({ n, kind }: SyncRow, excluded: boolean) => {
    const row = `${id} ${n}`;
    setClicked((before) => new Map(before).set(row, excluded));
    client.sync.exclude({ id, rows: [{ n, kind }], excluded }).then(onPlan, (reason: unknown) => {
      setClicked((before) => new Map([...before].filter(([one]) => one !== row)));
      messages.error(reason);
    });
  };
  const acts = (kind: SyncKind) => kind === 'new' || kind === 'changed' || (kind === 'gone' && deleteGone);
  const row = (index: number) => {
    const one = rows[index]!;
    const { kind, key, from, to, path } = one;
    const excluded = isOut(one);
    const KindIcon = KIND_ICONS[kind];
    const said = one.problem ? [one.problem.message, one.problem.detail].filter(Boolean).join(' ') : one.why ? t(`why.${one.why}`) : path !== undefined && kind !== 'problem' ? t('writtenAs', { path }) : '';
    return [
      <input key="in" type="checkbox" aria-label={t('take', { key })} checked={!excluded && acts(kind)} disabled={!acts(kind) || plan.state !== 'complete' || plan.transferId !== undefined} onChange={(event) => setExcluded(one, !event.target.checked)} />,
      <span key="kind" className={styles.what} data-kind={kind}>
        <KindIcon size={14} stroke={1.8} aria-hidden /> {t(`kind.${kind}`)}
      </span>,
      <span key="key" className={`${excluded ? styles.out : ''} mono`} title={visibleName(key)}>
        {visibleName(key)}
      </span>,
      <Side key="from" facts={from} />,
      <Side key="to" facts={to} />,
      <span key="why" className={kind === 'problem' ? styles.error : styles.quiet} title={said}>
        {said}
      </span>,
    ];
  };
  const foot = rows.length > 0 || error ? undefined : <p className={styles.none}>{kinds.length === 0 ? t('noKinds') : isFetching || hasNextPage ? t('reading') : text ? t('noneFound', { text }) : t('noRows')}</p>;
  return (
    <div className={styles.rows}>
      {error && <ErrorNotice error={toAppError(error)} />}
      <VirtualTable
        label={t('rows')}
        tracks="16px 92px minmax(140px, 3fr) minmax(110px, 190px) minmax(110px, 190px) minmax(96px, 1.3fr)"
        head={['', t('head.kind'), t('head.key'), t('head.from'), t('head.to'), t('head.why')]}
        rows={rows.length}
        row={row}
        onEnd={hasNextPage && !isFetching ? () => void fetchNextPage() : undefined}
        foot={foot}
      />
    </div>
  );
}

function Side({ facts }: { facts: Facts }) {
  if (!facts) return <span className={styles.quiet}>—</span>;
  return (
    <span className={`${styles.side} numeric`} title={formatDate(facts.modified, true)}>
      <span>{formatBytes(facts.size)}</span>
      <span className={styles.quiet}>{formatDate(facts.modified)}</span>
    </span>
  );
}
