import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { useOpenTabs } from '../../app/openTabs.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { FilterField } from '../../ui/FilterField.tsx';
import { formatDate, formatNumber } from '../../ui/format.ts';
import type { Column } from '../../../shared/contract/catalog.ts';
import styles from './catalog.module.css';
import { placeOf, type TableName } from './names.ts';
import { VirtualTable } from './VirtualTable.tsx';

const pageSize = 1000;

/** The registered partitions, read a thousand at a time as one scrolls; filtered by Glue's own expressions. */
export function Partitions({ name, keys }: { name: TableName; keys: Column[] }) {
  const { t } = useTranslation('catalog');
  const client = useClient();
  const { id: connectionId } = useCurrentConnection();
  const { openObjects } = useOpenTabs();
  const [typed, setTyped] = useState('');
  const [expression, setExpression] = useState('');
  const query = useInfiniteQuery({
    queryKey: ['partitions', connectionId, name.catalog, name.database, name.table, expression],
    queryFn: ({ pageParam, signal }) =>
      client.catalog.partitions({ connectionId, ...name, token: pageParam || undefined, expression: expression || undefined, max: pageSize }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextToken,
  });
  const partitions = useMemo(() => query.data?.pages.flatMap((page) => page.partitions) ?? [], [query.data]);
  const more = query.hasNextPage && !query.isFetchingNextPage ? () => void query.fetchNextPage() : undefined;
  const example = keys[0] ? `${keys[0].name} = '…'` : '';
  return (
    <div className={styles.listed}>
      <div className={styles.above}>
        <FilterField label={t('partitionFilter')} placeholder={t('partitionFilterExample', { example })} value={typed} onChange={(value) => (setTyped(value), value === '' && setExpression(''))} onEnter={setExpression} />
        <span className={styles.quiet}>
          {t(query.hasNextPage ? 'partitionsSoFar' : 'partitionCount', { count: partitions.length, shown: formatNumber(partitions.length) })}
        </span>
      </div>
      {query.error && <ErrorNotice error={toAppError(query.error)} onRetry={() => void query.refetch()} />}
      <VirtualTable
        label={t('part.partitions')}
        tracks={`${keys.map(() => 'minmax(90px, 1fr)').join(' ')} minmax(160px, 3fr) 150px`}
        head={[...keys.map((key) => key.name), t('column.location'), t('column.created')]}
        rows={partitions.length}
        row={(at) => {
          const partition = partitions[at];
          if (!partition) return [];
          const place = placeOf(partition.location);
          return [
            ...keys.map((_, index) => partition.values[index] ?? ''),
            place ? (
              <button type="button" className={`mono ${styles.link}`} title={partition.location} onClick={() => openObjects(place)}>
                {partition.location}
              </button>
            ) : (
              partition.location
            ),
            <span className={styles.quiet}>{formatDate(partition.createdAt)}</span>,
          ];
        }}
        onEnd={more}
        foot={
          query.isFetching ? (
            <p className={styles.none}>{t('reading')}</p>
          ) : (
            partitions.length === 0 && !query.error && <p className={styles.none}>{expression ? t('nothingFound') : t('noPartitions')}</p>
          )
        }
      />
    </div>
  );
}
