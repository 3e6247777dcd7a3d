import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TableFiles as Files } from '../../../shared/contract/catalogPaths.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { parseS3Uri, useOpenTabs } from '../../app/openTabs.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { formatBytes, formatDate, formatNumber } from '../../ui/format.ts';
import { ToolButton } from '../../ui/Toolbar.tsx';
import type { TableName } from '../catalog/names.ts';
import { VirtualTable } from '../catalog/VirtualTable.tsx';
import styles from './lakePaths.module.css';
import { addPartitions, dropPartitions, MOST_AT_ONCE } from './statements.ts';

/** Requests made without being asked; each lists 1,000 objects. */
const PAGES = 20;
const ALL_PAGES = 10_000;

/** A table's files held against its partitions: what is new, what is missing, what is not registered. */
export function TableFiles({ name }: { name: TableName }) {
  const { t } = useTranslation('lakePaths');
  const client = useClient();
  const { id: connectionId } = useCurrentConnection();
  const { openObjects } = useOpenTabs();
  const [pages, setPages] = useState(PAGES);
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['tableFiles', connectionId, name.catalog, name.database, name.table, pages],
    queryFn: ({ signal }) => client.catalog.tableFiles({ connectionId, ...name, pages }, { signal }),
    placeholderData: (before) => before,
  });
  if (error) return <ErrorNotice error={toAppError(error)} onRetry={() => void refetch()} />;
  if (!data) return <EmptyState title={t('listing')} text={t('listingText')} />;
  const { objects, bytes, newest, complete, partitions, partitionKeys, projected, outside, outsideExample, location } = data;
  const go = (uri: string) => {
    const place = parseS3Uri(uri);
    if (place) openObjects({ bucket: place.bucket, prefix: place.prefix.slice(0, place.prefix.lastIndexOf('/') + 1), select: place.prefix });
  };
  const count = t('objectsOf', { count: objects, objects: formatNumber(objects), bytes: formatBytes(bytes) });
  return (
    <div className={styles.files}>
      <Facts
        facts={[
          [t('files'), complete ? count : t('atLeast', { what: count })],
          [t('newest'), newest && `${formatDate(newest.modified, true)} · ${newest.uri.slice(location.length)}`],
          [t('partitions'), partitionKeys.length === 0 ? undefined : projected ? t('projected') : formatNumber(partitions)],
          [t('outside'), outside > 0 ? t('outsideText', { count: outside, objects: formatNumber(outside), example: outsideExample?.slice(location.length) }) : undefined],
        ]}
      />
      <p className={styles.line}>
        {newest && (
          <button type="button" className={styles.link} onClick={() => go(newest.uri)}>
            {t('showNewest')}
          </button>
        )}
        <button type="button" className={styles.link} onClick={() => go(location)}>
          {t('showFiles')}
        </button>
        {!complete && (
          <button type="button" className={styles.link} disabled={isFetching} onClick={() => setPages(ALL_PAGES)}>
            {isFetching ? t('listing') : t('listAll')}
          </button>
        )}
      </p>
      {partitionKeys.length > 0 && !projected && <PartitionLists name={name} files={data} />}
    </div>
  );
}

function PartitionLists({ name, files }: { name: TableName; files: Files }) {
  const { t } = useTranslation('lakePaths');
  const { openSql } = useOpenTabs();
  const { unregistered, unregisteredCount, empty, emptyCount, complete, partitionKeys } = files;
  const target = { database: name.database, table: name.table, keys: partitionKeys };
  const show = (sql: string) => void openSql(sql, { title: `${name.table}.sql`, database: name.database });
  const values = (list: string[]) => partitionKeys.map(({ name: key }, at) => `${key}=${list[at] ?? ''}`).join(' / ');
  return (
    <>
      <h4 className={styles.heading}>
        {t('unregistered', { count: unregisteredCount, shown: formatNumber(unregisteredCount) })}
        {unregisteredCount > 0 && <ToolButton onClick={() => show(addPartitions(target, unregistered))}>{t('addPartitions', { count: Math.min(unregistered.length, MOST_AT_ONCE) })}</ToolButton>}
      </h4>
      {unregisteredCount > 0 && (
        <div className={styles.list}>
          <VirtualTable
            label={t('unregistered', { count: unregisteredCount, shown: formatNumber(unregisteredCount) })}
            tracks="minmax(120px, 1fr) minmax(160px, 2fr) 90px 90px"
            head={[t('partition'), t('location'), t('objects'), t('bytes')]}
            rows={unregistered.length}
            row={(index) => {
              const one = unregistered[index]!;
              return [values(one.values), one.location, formatNumber(one.objects), formatBytes(one.bytes)];
            }}
          />
        </div>
      )}
      <h4 className={styles.heading}>
        {complete ? t('empty', { count: emptyCount, shown: formatNumber(emptyCount) }) : t('emptyUnknown')}
        {emptyCount > 0 && <ToolButton onClick={() => show(dropPartitions(target, empty))}>{t('dropPartitions', { count: Math.min(empty.length, MOST_AT_ONCE) })}</ToolButton>}
      </h4>
      {emptyCount > 0 && (
        <div className={styles.list}>
          <VirtualTable
            label={t('empty', { count: emptyCount, shown: formatNumber(emptyCount) })}
            tracks="minmax(120px, 1fr) minmax(160px, 2fr)"
            head={[t('partition'), t('location')]}
            rows={empty.length}
            row={(index) => [values(empty[index]!.values), empty[index]!.location]}
          />
        </div>
      )}
    </>
  );
}
