import type { ChartData, ChartSpec } from '../../../shared/contract/charts.ts';
import type { ColumnFilter, ResultColumn } from '../../../shared/contract/resultViews.ts';
import { nextBucket, type CutBucket } from '../../../shared/charts/buckets.ts';
import { distinctNames } from '../../../shared/columnNames.ts';

const DAYS = new Set<string>(['day', 'week', 'month', 'quarter', 'year', 'decade', 'century']);
const DAY = 86_400_000;

const columnOf = (columns: readonly ResultColumn[], name: string | undefined): number => (name === undefined ? -1 : distinctNames(columns).indexOf(name));

const isOneOf = (column: number, value: string | null): ColumnFilter => ({ column, not: false, test: value === null ? { kind: 'null' } : { kind: 'in', values: [value] } });

/** A bucket of time as a range both ends of which belong to it. Days are whole days; below, the last microsecond is meant. */
function timeFilter(column: number, type: string, start: number, { bucket = 'none', utc }: ChartData['x']): ColumnFilter {
  const end = bucket === 'none' || bucket === 'auto' ? start + 1 : nextBucket(start, bucket as CutBucket);
  const range = (from: string, to: string): ColumnFilter => ({ column, not: false, test: { kind: 'range', from, to } });
  const iso = (millis: number) => new Date(millis).toISOString();
  const day = (millis: number) => iso(millis).slice(0, 10);
  if (/^date$/i.test(type) || (DAYS.has(bucket) && !utc)) return range(day(start), day(Math.max(start, end - DAY)));
  const instant = (millis: number, micros: string) => `${iso(millis).slice(0, 23).replace('T', ' ')}${micros}${utc ? '+00:00' : ''}`;
  return range(instant(start, '000'), instant(end - 1, '999'));
}

/** A bin of numbers: its end belongs to the next one, but for the last. */
function numberFilters(column: number, start: number, step: number | undefined, isLast: boolean): ColumnFilter[] {
  const end = step === undefined ? start : Number((start + step).toPrecision(12));
  const within: ColumnFilter = { column, not: false, test: { kind: 'range', from: String(start), to: String(end) } };
  return step === undefined || isLast ? [within] : [within, { column, not: true, test: { kind: 'range', from: String(end) } }];
}

/** The rows behind a point of a chart as filters of its result; undefined: other groups together, which no filter names. */
export function pointFilters(data: ChartData, spec: ChartSpec, columns: readonly ResultColumn[], at: { series: number; point: number }): ColumnFilter[] | undefined {
  const series = data.series[at.series];
  if (!series || series.other) return undefined;
  const filters: ColumnFilter[] = [];
  const x = columnOf(columns, spec.x);
  const value = series.x[at.point];
  const isLast = at.point === series.x.length - 1;
  if (x >= 0 && value !== undefined) {
    if (data.x.kind === 'time') filters.push(timeFilter(x, columns[x]!.type, Number(value), data.x));
    else if (data.x.kind === 'number') filters.push(...numberFilters(x, Number(value), data.x.step, isLast));
    else if (data.x.kind === 'text') {
      if (data.x.other && isLast) return undefined;
      filters.push(isOneOf(x, value === null ? null : String(value)));
    }
  }
  const by = columnOf(columns, spec.series);
  if (by >= 0 && series.name !== undefined) filters.push(isOneOf(by, series.name));
  return filters.length > 0 ? filters : undefined;
}
