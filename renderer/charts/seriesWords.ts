import type { TFunction } from 'i18next';
import type { ChartSeries, ChartSpec, Measure } from '../../shared/contract/charts.ts';

/** `rows`, `sum of delay`, or the column's name where it is shown as it is. */
export function measureName(measure: Measure | undefined, t: TFunction<'charts'>): string {
  if (!measure || (measure.aggregate === 'count' && measure.column === undefined)) return t('rows');
  if (measure.aggregate === 'value') return measure.column ?? '';
  return t('of', { aggregate: t(`aggregate.${measure.aggregate}`), column: measure.column });
}

/** What a series is called in the legend and the tooltip. */
export function seriesLabel(series: ChartSeries, spec: ChartSpec, t: TFunction<'charts'>): string {
  const value = measureName(spec.y[series.measure], t);
  if (series.name === undefined && !series.other) return value;
  const name = series.other ? t('other') : series.name === null ? 'NULL' : series.name === '' ? t('emptyText') : series.name!;
  return spec.y.length > 1 ? `${name} · ${value}` : name;
}

/** Computed as floating point: its last digits are noise. */
export const isApproximate = (measure: Measure | undefined): boolean => measure?.aggregate === 'avg' || measure?.aggregate === 'median';
