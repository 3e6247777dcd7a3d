import { useTranslation } from 'react-i18next';
import type { ChartData, ChartSpec } from '../../../shared/contract/charts.ts';
import { formatNumber } from '../../ui/format.ts';
import styles from './charts.module.css';

/** What a logarithmic axis cannot place. */
const notPositive = ({ series }: ChartData): number => series.reduce((sum, { y }) => sum + y.filter((text) => text !== null && Number(text) <= 0).length, 0);

/** What is not drawn as the rows are, with numbers: nothing is left out in silence. */
export function ChartNotes({ data, spec }: { data: ChartData; spec: ChartSpec }) {
  const { t } = useTranslation('charts');
  const notes = data.notes.map(({ code, count }) =>
    code === 'coarsened' ? t('note.coarsened', { bucket: t(`bucket.${data.x.bucket ?? 'auto'}`) }) : t(`note.${code}`, { count, shown: formatNumber(count), rows: formatNumber(data.rows) }),
  );
  const lost = spec.log ? notPositive(data) : 0;
  if (lost > 0) notes.push(t('note.notPositive', { count: lost, shown: formatNumber(lost) }));
  if (spec.kind === 'pie' && (data.series[0]?.y ?? []).some((text) => Number(text) < 0)) notes.push(t('note.negative'));
  return (
    <p className={styles.notes} role="note">
      {[t('note.rows', { count: data.rows, shown: formatNumber(data.rows) }), ...notes].join(' · ')}
    </p>
  );
}
