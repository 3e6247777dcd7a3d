import { IconTable, IconTablePlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CoveringTable } from '../../../shared/contract/catalogPaths.ts';
import { s3Uri, useOpenTabs, type ObjectsPlace } from '../../app/openTabs.ts';
import { Chip } from '../../ui/Toolbar.tsx';
import styles from './lakePaths.module.css';
import { RecentQueries } from './RecentQueries.tsx';
import { addPartitions, placeSql } from './statements.ts';
import { useCoveringTables } from './useCoveringTables.ts';

const TONES = { registered: 'success', unregistered: 'warning', elsewhere: 'warning', outside: 'warning', projected: 'plain', unknown: 'plain' } as const;

/** Which tables read an object or a prefix, as which partition, and SQL for just that; or how to make a table of it. */
export function PlaceTables({ place }: { place: ObjectsPlace }) {
  const { t } = useTranslation('lakePaths');
  const { openCreateTable } = useOpenTabs();
  const { data } = useCoveringTables(place, true);
  if (!data) return null; // the catalog may be closed to this reader; the object is not
  return (
    <section className={styles.tables} aria-label={t('tables')}>
      {data.map((table) => (
        <TableLine key={`${table.database}.${table.table}`} table={table} place={place} />
      ))}
      {data.length === 0 && (
        <p className={styles.line}>
          <span className={styles.quiet}>{t('noTable')}</span>
          <button type="button" className={styles.link} onClick={() => openCreateTable(place)}>
            <IconTablePlus size={13} aria-hidden /> {t('createTable')}
          </button>
        </p>
      )}
    </section>
  );
}

function TableLine({ table, place }: { table: CoveringTable; place: ObjectsPlace }) {
  const { t } = useTranslation('lakePaths');
  const { openTable, openSql } = useOpenTabs();
  const { database, table: name, named, state, folder, registeredAt, partitionKeys } = table;
  const isObject = place.prefix !== '' && !place.prefix.endsWith('/');
  const query = () => void openSql(placeSql(table, isObject ? s3Uri(place.bucket, place.prefix) : undefined), { title: `${name}.sql`, database });
  const add = () => folder && void openSql(addPartitions({ database, table: name, keys: partitionKeys }, [{ values: named.map(({ value }) => value), location: folder }]), { title: `${name}.sql`, database });
  return (
    <p className={styles.line}>
      <button type="button" className={`${styles.link} ellipsis`} title={t('openTable', { name: `${database}.${name}` })} onClick={() => openTable(database, name)}>
        <IconTable size={13} aria-hidden /> <span className="ellipsis">{`${database}.${name}`}</span>
      </button>
      {named.length > 0 && <span className={`${styles.partition} ellipsis`}>{named.map(({ name: key, value }) => `${key}=${value}`).join(' / ')}</span>}
      {state && (
        <Chip tone={TONES[state]} title={t(`stateText.${state}`, { at: registeredAt ?? '' })}>
          {t(`state.${state}`)}
        </Chip>
      )}
      {state === 'unregistered' && (
        <button type="button" className={styles.link} onClick={add}>
          {t('addPartition')}
        </button>
      )}
      <button type="button" className={styles.link} onClick={query}>
        {t(isObject ? 'queryObject' : named.length > 0 ? 'queryPartition' : 'queryTable')}
      </button>
      <RecentQueries database={database} table={name} />
    </p>
  );
}
