import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChartData, ChartSpec } from '../../shared/contract/charts.ts';
import { formatNumber } from '../ui/format.ts';
import styles from './chart.module.css';
import { chartTable } from './chartTable.ts';

/** Rows that are put into the page; the copied data has all. */
const MOST_ROWS = 1000;

/** The chart's numbers as a table. */
export function ChartTableView({ data, spec, label }: { data: ChartData; spec: ChartSpec; label: string }) {
  const { t } = useTranslation('charts');
  const { head, rows } = useMemo(() => chartTable(data, spec, t), [data, spec, t]);
  return (
    // A scrolling region must be reachable by keyboard.
    <div className={styles.tableFrame} tabIndex={0} role="region" aria-label={label}>
      <table className={styles.table}>
        <thead>
          <tr>
            {head.map((name, i) => (
              <th key={i} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_ROWS).map((row, r) => (
            <tr key={r}>
              {row.map((value, c) => {
                const text = value === null ? <span className={styles.null}>NULL</span> : value;
                return c === 0 ? (
                  <th key={c} scope="row">
                    {text}
                  </th>
                ) : (
                  <td key={c}>{text}</td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MOST_ROWS && <p className={styles.null}>{t('table.more', { count: rows.length - MOST_ROWS, shown: formatNumber(rows.length - MOST_ROWS) })}</p>}
    </div>
  );
}
