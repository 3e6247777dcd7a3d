import { IconX } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { FilterField } from '../../ui/FilterField.tsx';
import { formatNumber } from '../../ui/format.ts';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { ToolButton } from '../../ui/Toolbar.tsx';
import { filterWords } from './filterWords.ts';
import type { View } from './useView.ts';
import styles from './viewBar.module.css';
import { isFiltered } from './wanted.ts';

const typingMillis = 300;

interface Props {
  view: View;
  columns: { name: string; type: string }[];
  /** Of the result, unfiltered. */
  total: number;
  /** All rows are here; filtering waits for them. */
  ready: boolean;
  searchRef: Ref<HTMLInputElement>;
  /** Opens the filter of a column. */
  onFilter(column: number): void;
  /** What else can be done, at the right. */
  children: ReactNode;
}

/** Above the grid: a search over all columns, the filters, how many rows pass, and what is being made. */
export function ViewBar({ view, columns, total, ready, searchRef, onFilter, children }: Props) {
  const { t } = useTranslation('results');
  const { wanted, setWanted, shown, making, error, cancel } = view;
  const [typed, setTyped] = useState(wanted.search);
  const [taken, setTaken] = useState(wanted.search);
  // Given up, or cleared elsewhere: the field follows.
  if (taken !== wanted.search) {
    setTaken(wanted.search);
    setTyped(wanted.search);
  }
  useEffect(() => {
    if (typed === wanted.search) return undefined;
    const timer = setTimeout(() => setWanted({ ...wanted, search: typed }), typingMillis);
    return () => clearTimeout(timer);
  }, [typed, wanted, setWanted]);
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('view.toolbar')}>
      <div className={styles.search}>
        <FilterField ref={searchRef} label={t('view.search')} value={typed} disabled={!ready} onChange={setTyped} onEnter={(search) => setWanted({ ...wanted, search })} />
      </div>
      <ul className={styles.chips} aria-label={t('view.filters')}>
        {wanted.filters.map((filter, index) => {
          const words = filterWords(t, columns[filter.column]?.name ?? '', filter);
          return (
            <li key={index} className={styles.chip}>
              <button type="button" className="ellipsis" title={words} onClick={() => onFilter(filter.column)}>
                {words}
              </button>
              <button type="button" className={styles.remove} aria-label={t('view.removeFilter', { words })} onClick={() => setWanted({ ...wanted, filters: wanted.filters.filter((one) => one !== filter) })}>
                <IconX size={12} aria-hidden />
              </button>
            </li>
          );
        })}
      </ul>
      <span className={styles.count} role="status" aria-label={t('view.matching')}>
        {error ? (
          <span className={styles.error} title={error.detail}>
            {error.message}
          </span>
        ) : (
          isFiltered(shown.wanted) && t('view.rowsOf', { count: shown.rows, shown: formatNumber(shown.rows), total: formatNumber(total) })
        )}
      </span>
      {making && (
        <span className={styles.making}>
          <ProgressBar label={t('view.making')} done={making.percent ?? undefined} />
          <ToolButton onClick={cancel}>{t('view.cancel')}</ToolButton>
        </span>
      )}
      <span className={styles.actions}>{children}</span>
    </div>
  );
}
