import type { TFunction } from 'i18next';
import type { ChartData, ChartSpec } from '../../shared/contract/charts.ts';
import { formatNumber } from '../ui/format.ts';
import { formatExact, formatPlace } from './chartFormat.ts';
import { placeWords } from './chartTable.ts';
import { isApproximate, measureName, seriesLabel } from './seriesWords.ts';

/** What the chart says, in a sentence or two, for those who do not see it. */
export function chartSummary(data: ChartData, spec: ChartSpec, t: TFunction<'charts'>): string {
  const what = spec.kind === 'histogram' ? t('rows') : spec.y.map((one) => measureName(one, t)).join(', ') || t('rows');
  const kind = t(`kind.${spec.kind}`);
  if (data.x.kind === 'none') return data.series.map((one) => `${measureName(spec.y[one.measure], t)}: ${one.y[0] ?? 'NULL'}`).join('; ');
  const by = spec.series ? t('summary.bySeries', { x: spec.x, series: spec.series }) : t('summary.by', { x: spec.x });
  const parts = [t('summary.chart', { kind, what, by }), t('summary.size', { points: formatNumber(data.series.reduce((sum, { x }) => sum + x.length, 0)), series: data.series.length, rows: formatNumber(data.rows) })];
  let low: { value: number; text: string } | undefined;
  let high: typeof low;
  for (const one of data.series) {
    one.y.forEach((text, i) => {
      if (text === null) return;
      const value = Number(text);
      const say = () => {
        const at = formatPlace(one.x[i] ?? null, data.x, placeWords(t), i === one.x.length - 1);
        return `${formatExact(text, isApproximate(spec.y[one.measure]))} (${data.series.length > 1 ? `${seriesLabel(one, spec, t)}, ` : ''}${at})`;
      };
      if (!low || value < low.value) low = { value, text: say() };
      if (!high || value > high.value) high = { value, text: say() };
    });
  }
  if (low && high) parts.push(t('summary.extremes', { high: high.text, low: low.text }));
  return parts.join(' ');
}
