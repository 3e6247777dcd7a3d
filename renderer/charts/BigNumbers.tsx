import { useTranslation } from 'react-i18next';
import type { ChartData, ChartSpec } from '../../shared/contract/charts.ts';
import styles from './chart.module.css';
import { formatExact } from './chartFormat.ts';
import { isApproximate, measureName } from './seriesWords.ts';

/** One value, or a few, large. */
export function BigNumbers({ data, spec, label }: { data: ChartData; spec: ChartSpec; label: string }) {
  const { t } = useTranslation('charts');
  const measures = spec.y.length > 0 ? spec.y : [undefined];
  return (
    <div className={styles.numbersFrame}>
      <dl className={styles.numbers} aria-label={label}>
        {data.series.map(({ measure, y }) => (
          <div key={measure} className={styles.number}>
            <dt>{measureName(measures[measure], t)}</dt>
            <dd>{y[0] === null || y[0] === undefined ? <span className={styles.null}>NULL</span> : formatExact(y[0], isApproximate(measures[measure]))}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
