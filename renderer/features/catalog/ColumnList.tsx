import { IconKey } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FilterField } from '../../ui/FilterField.tsx';
import type { Column } from '../../../shared/contract/catalog.ts';
import styles from './catalog.module.css';
import { VirtualTable } from './VirtualTable.tsx';

/** All columns, partition keys last, found by name, type or comment. */
export function ColumnList({ columns, partitionKeys }: { columns: Column[]; partitionKeys: Column[] }) {
  const { t } = useTranslation('catalog');
  const [filter, setFilter] = useState('');
  const wanted = useDeferredValue(filter.trim().toLowerCase());
  const all = useMemo(() => [...columns.map((column) => ({ ...column, key: false })), ...partitionKeys.map((column) => ({ ...column, key: true }))].map((column, index) => ({ ...column, index })), [columns, partitionKeys]);
  const shown = useMemo(() => all.filter(({ name, type, comment }) => `${name}\n${type}\n${comment ?? ''}`.toLowerCase().includes(wanted)), [all, wanted]);
  return (
    <div className={styles.listed}>
      <div className={styles.above}>
        <FilterField label={t('filterColumns')} value={filter} onChange={setFilter} />
      </div>
      <VirtualTable
        label={t('part.columns')}
        tracks="52px minmax(140px, 2fr) minmax(120px, 2fr) minmax(80px, 3fr)"
        head={['#', t('column.name'), t('column.type'), t('column.comment')]}
        rows={shown.length}
        row={(at) => {
          const column = shown[at];
          return column
            ? [
                <span className={styles.quiet}>{column.index + 1}</span>,
                <>
                  {column.key && <IconKey size={13} aria-label={t('partitionKey')} className={styles.keyIcon} />}
                  {column.name}
                </>,
                <span className="mono" title={column.type}>
                  {column.type}
                </span>,
                <span className={styles.quiet}>{column.comment}</span>,
              ]
            : [];
        }}
        foot={shown.length === 0 && <p className={styles.none}>{t('nothingFound')}</p>}
      />
    </div>
  );
}
