import { useTranslation } from 'react-i18next';
import styles from './PreviewPane.module.css';

const NUMERIC = /^(tinyint|smallint|int|integer|bigint|float|double|real|decimal|u?int\d*|number)/i;

interface Props {
  columns: { name: string; type: string }[];
  /** Column-major; null is NULL. */
  cells: (string | null)[][];
  label: string;
}

/** The first rows of a data file; NULL is told apart from the empty text. */
export function PreviewTable({ columns, cells, label }: Props) {
  const { t } = useTranslation('preview');
  const rows = cells[0]?.length ?? 0;
  const numeric = columns.map(({ type }) => NUMERIC.test(type));
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('rowsOf', { name: label })}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t('rowNumber')}</span>
            </th>
            {columns.map(({ name, type }, column) => (
              <th key={column} scope="col" className={numeric[column] ? 'numeric' : undefined} title={`${name} ${type}`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: rows }, (_, row) => (
            <tr key={row}>
              <td className={styles.number}>{row + 1}</td>
              {columns.map((_column, column) => {
                const cell = cells[column]?.[row] ?? null;
                return (
                  <td key={column} className={numeric[column] ? 'numeric' : undefined} title={cell ?? undefined}>
                    {cell === null ? <i className={styles.null}>NULL</i> : cell}
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
