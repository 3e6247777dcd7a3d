import { useTranslation } from 'react-i18next';
import { formatBytes, formatNumber } from '../../ui/format.ts';
import { classColour, className, classOrder } from './classNames.ts';
import { money } from './money.ts';
import styles from './tiers.module.css';

export interface BreakdownRow {
  id: string;
  name: string;
  objects: number;
  bytes: number;
  byClass: Record<string, number>;
  /** US dollars a month; undefined: not a column of this table. */
  month?: number | null;
  open?: () => void;
}

/** A stacked bar of one row, by class; the numbers beside it say the same. */
function Stack({ row, most }: { row: BreakdownRow; most: number }) {
  const { t } = useTranslation('tiers');
  const parts = Object.entries(row.byClass).sort(([a], [b]) => classOrder(a, b));
  return (
    <span className={styles.stack} aria-hidden>
      {parts.map(([name, bytes]) => (
        <span key={name} title={`${className(t, name)}: ${formatBytes(bytes)}`} style={{ width: `${most > 0 ? (bytes / most) * 100 : 0}%`, background: classColour(name) }} />
      ))}
    </span>
  );
}

interface Props {
  title: string;
  /** The head of the first column. */
  of: string;
  rows: BreakdownRow[];
  /** Of everything, for the share. */
  total: number;
}

/** Rows with a bar each and the exact numbers: what the eye compares and what one quotes. */
export function Breakdown({ title, of, rows, total }: Props) {
  const { t } = useTranslation('tiers');
  const most = Math.max(0, ...rows.map((row) => row.bytes));
  const priced = rows.some((row) => row.month !== undefined);
  return (
    <table className={styles.breakdown}>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{of}</th>
          <th scope="col">
            <span className="visually-hidden">{t('bar')}</span>
          </th>
          <th scope="col">{t('objectsHead')}</th>
          <th scope="col">{t('bytesHead')}</th>
          <th scope="col">{t('shareHead')}</th>
          {priced && <th scope="col">{t('monthHead')}</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row" title={row.name}>
              {row.open ? (
                <button type="button" className={styles.link} onClick={row.open}>
                  {row.name}
                </button>
              ) : (
                row.name
              )}
            </th>
            <td>
              <Stack row={row} most={most} />
            </td>
            <td className="numeric">{formatNumber(row.objects)}</td>
            <td className="numeric" title={t('exactBytes', { bytes: formatNumber(row.bytes) })}>
              {formatBytes(row.bytes)}
            </td>
            <td className="numeric">{total > 0 ? `${((row.bytes / total) * 100).toFixed(row.bytes / total < 0.1 ? 1 : 0)}%` : '–'}</td>
            {priced && <td className="numeric">{money(t, row.month)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
