import { useTranslation } from 'react-i18next';
import styles from './PreviewPane.module.css';

const NUMERIC = /^(tinyint|smallint|int|integer|bigint|float|double|real|decimal|u?int\d*|number)/i;
/** Characters of a cell that are drawn, and told on hover; all of it is in what Copy gives. */
const SHOWN = 300;
const TOLD = 2000;
/** Columns drawn at once; others are chosen. */
export const MOST_COLUMNS = 100;

interface Props {
  columns: { name: string; type: string }[];
  /** Column-major; null is NULL. */
  cells: (string | null)[][];
  /** Number of the first row, from 0. */
  start?: number;
  /** Columns to draw, by place. */
  shown: readonly number[];
  label: string;
}

/** Some rows of a data file; NULL is told apart from the empty text. */
export function PreviewTable({ columns, cells, start = 0, shown, label }: Props) {
  const { t } = useTranslation('preview');
  const rows = cells[0]?.length ?? 0;
  const drawn = shown.slice(0, MOST_COLUMNS);
  const numeric = columns.map(({ type }) => NUMERIC.test(type));
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('rowsOf', { name: label })}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t('rowNumber')}</span>
            </th>
            {drawn.map((column) => (
              <th key={column} scope="col" className={numeric[column] ? 'numeric' : undefined} title={`${columns[column]?.name} ${columns[column]?.type}`}>
                {columns[column]?.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: rows }, (_, row) => (
            <tr key={row}>
              <td className={styles.number}>{start + row + 1}</td>
              {drawn.map((column) => {
                const cell = cells[column]?.[row] ?? null;
                return (
                  <td key={column} className={numeric[column] ? 'numeric' : undefined} title={cell?.slice(0, TOLD)}>
                    {cell === null ? <i className={styles.null}>NULL</i> : cell.length > SHOWN ? `${cell.slice(0, SHOWN)}…` : cell}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
