import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PageCache } from '../../grid/pageCache.ts';
import { FilterField } from '../../ui/FilterField.tsx';
import { formatNumber } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { prettyValue } from './prettyValue.ts';
import { SidePanel } from './SidePanel.tsx';
import styles from './sidePanel.module.css';

interface Props {
  row: number;
  rows: number;
  /** The column the grid is on. */
  current: number;
  columns: { name: string; type: string }[];
  /** The columns to show, in their order. */
  shown: readonly number[];
  pages: PageCache;
  /** To another row. */
  onMove(by: number): void;
  onClose(): void;
  onError(error: unknown): void;
}

/** One row as a form. It follows the grid; PgUp and PgDn in it, or its buttons, go to the rows beside. */
export function RecordPanel({ row, rows, current, columns, shown, pages, onMove, onClose, onError }: Props) {
  const { t } = useTranslation('results');
  const [typed, setTyped] = useState('');
  const [read, setRead] = useState<{ row: number; pages: PageCache; shown: readonly number[]; cells: (string | null)[] }>();
  useEffect(() => {
    let wanted = true;
    pages.range(row, row, [...shown]).then((cells) => wanted && setRead({ row, pages, shown, cells: cells.map((column) => column[0] ?? null) }), onError);
    return () => {
      wanted = false;
    };
  }, [row, pages, shown, onError]);
  const list = useRef<HTMLDListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[data-current=true]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const text = typed.trim().toLowerCase();
  const cells = read && read.pages === pages && read.shown === shown ? read.cells : undefined;
  return (
    <SidePanel
      label={t('record.title')}
      onClose={onClose}
      onKeyDown={(event) => {
        const by = event.key === 'PageDown' ? 1 : event.key === 'PageUp' ? -1 : 0;
        if (!by) return;
        event.preventDefault();
        onMove(by);
      }}
      head={<b>{t('rowOf', { row: formatNumber(row + 1), rows: formatNumber(rows) })}</b>}
      actions={
        <>
          <IconButton label={t('record.previous')} keys="pageup" disabled={row === 0} onClick={() => onMove(-1)}>
            <IconChevronUp size={15} />
          </IconButton>
          <IconButton label={t('record.next')} keys="pagedown" disabled={row >= rows - 1} onClick={() => onMove(1)}>
            <IconChevronDown size={15} />
          </IconButton>
        </>
      }
    >
      <div className={styles.tools}>
        <FilterField label={t('record.filter')} value={typed} onChange={setTyped} />
      </div>
      <dl ref={list} className={styles.record} tabIndex={0} aria-busy={!cells}>
        {shown.map((place, i) => {
          const { name, type } = columns[place]!;
          const value = cells?.[i];
          if (text && !name.toLowerCase().includes(text) && !value?.toLowerCase().includes(text)) return null;
          return (
            <div key={place} className={styles.field} data-current={place === current}>
              <dt>
                {name} <span className={styles.type}>{type}</span>
              </dt>
              <dd>{value === null ? <i className={styles.quiet}>NULL</i> : value === '' ? <i className={styles.quiet}>{t('emptyTextLong')}</i> : prettyValue(value ?? '')}</dd>
            </div>
          );
        })}
      </dl>
    </SidePanel>
  );
}
