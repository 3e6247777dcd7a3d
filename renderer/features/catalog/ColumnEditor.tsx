import { IconKey, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Column } from '../../../shared/contract/catalog.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import styles from './catalog.module.css';

const commonTypes = ['string', 'bigint', 'int', 'double', 'boolean', 'date', 'timestamp', 'decimal(18,2)', 'smallint', 'float', 'binary', 'array<string>'];

interface Props {
  columns: Column[];
  partitionKeys: Column[];
  disabled: boolean;
  onChange(columns: Column[], partitionKeys: Column[]): void;
}

/** Names and types of the table to be. Partition keys come from the folders' names: only their types can change. */
export function ColumnEditor({ columns, partitionKeys, disabled, onChange }: Props) {
  const { t } = useTranslation('catalog');
  const changed = (list: Column[], index: number, change: Partial<Column>) => list.map((column, at) => (at === index ? { ...column, ...change } : column));
  const line = (column: Column, index: number, key: boolean) => {
    const set = (change: Partial<Column>) => (key ? onChange(columns, changed(partitionKeys, index, change)) : onChange(changed(columns, index, change), partitionKeys));
    return (
      <div className={styles.columnLine} key={`${key} ${index}`}>
        {key ? <IconKey size={14} aria-label={t('partitionKey')} className={styles.keyIcon} /> : <span className={styles.quiet}>{index + 1}</span>}
        <input type="text" aria-label={t('columnName', { number: index + 1 })} value={column.name} disabled={disabled || key} spellCheck={false} onChange={(event) => set({ name: event.target.value })} />
        <input type="text" className="mono" list="hive-types" aria-label={t('columnType', { number: index + 1 })} value={column.type} disabled={disabled} spellCheck={false} onChange={(event) => set({ type: event.target.value })} />
        {!key && (
          <IconButton label={t('removeColumn', { name: column.name })} disabled={disabled || columns.length < 2} onClick={() => onChange(columns.filter((_, at) => at !== index), partitionKeys)}>
            <IconTrash size={14} />
          </IconButton>
        )}
      </div>
    );
  };
  return (
    <div className={styles.columnEditor} role="group" aria-label={t('part.columns')}>
      <datalist id="hive-types">
        {commonTypes.map((type) => (
          <option key={type} value={type} />
        ))}
      </datalist>
      {columns.map((column, index) => line(column, index, false))}
      {partitionKeys.map((column, index) => line(column, index, true))}
    </div>
  );
}
