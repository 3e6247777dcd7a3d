import type { TFunction } from 'i18next';
import type { ChartData, ChartSpec } from '../../shared/contract/charts.ts';
import { formatPlace } from './chartFormat.ts';
import { seriesLabel } from './seriesWords.ts';

/** The numbers behind a chart: a head, and rows of exact texts (null: no value). */
export interface ChartTable {
  head: string[];
  rows: (string | null)[][];
}

export const placeWords = (t: TFunction<'charts'>) => ({ null: 'NULL', empty: t('emptyText'), other: t('other') });

/** One row a place where all series share their places, else one row a point. */
export function chartTable(data: ChartData, spec: ChartSpec, t: TFunction<'charts'>): ChartTable {
  const labels = data.series.map((one) => seriesLabel(one, spec, t));
  if (data.x.kind === 'none') return { head: [t('table.value'), t('table.exact')], rows: data.series.map((one, i) => [labels[i]!, one.y[0] ?? null]) };
  const words = placeWords(t);
  const first = data.series[0];
  const place = (value: number | string | null, isLast: boolean) => formatPlace(value, data.x, words, isLast);
  const shared = first !== undefined && data.series.every(({ x }) => x.length === first.x.length && x.every((value, i) => value === first.x[i]));
  if (shared) {
    return { head: [spec.x ?? '', ...labels], rows: first.x.map((x, i) => [place(x, i === first.x.length - 1), ...data.series.map(({ y }) => y[i] ?? null)]) };
  }
  return {
    head: [t('table.series'), spec.x ?? '', t('table.value')],
    rows: data.series.flatMap((one, s) => one.x.map((x, i) => [labels[s]!, place(x, i === one.x.length - 1), one.y[i] ?? null])),
  };
}

const cell = (value: string | null): string => (value === null ? '' : /[\t\n\r"]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

export const tableTsv = ({ head, rows }: ChartTable): string => [head, ...rows].map((row) => row.map(cell).join('\t')).join('\n');
