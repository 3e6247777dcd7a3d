import type { ChartKind, ChartSpec, Measure } from '../contract/charts.ts';

const KINDS: readonly ChartKind[] = ['line', 'area', 'bar', 'stackedBar', 'scatter', 'pie', 'histogram', 'heatMap', 'number'];
const AGGREGATES: readonly Measure['aggregate'][] = ['value', 'count', 'sum', 'avg', 'min', 'max', 'median', 'distinct'];
const BUCKETS: readonly ChartSpec['bucket'][] = ['auto', 'none', 'second', 'minute', 'minute5', 'minute15', 'hour', 'hour6', 'day', 'week', 'month', 'quarter', 'year', 'decade', 'century'];
const SORTS: readonly ChartSpec['sort'][] = ['valueDown', 'valueUp', 'xUp', 'xDown', 'result'];

export const SPEC_DEFAULTS = { bucket: 'auto', y: [], limit: 20, other: true, sort: 'valueDown', log: false } as const satisfies Omit<ChartSpec, 'kind'>;

export const makeSpec = (spec: Pick<ChartSpec, 'kind'> & Partial<ChartSpec>): ChartSpec => ({ ...SPEC_DEFAULTS, ...spec });

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const oneOf = <T extends string>(all: readonly T[], value: unknown): T | undefined => all.find((one) => one === value);
const whole = (value: unknown, least: number, most: number): number | undefined => (Number.isInteger(value) && (value as number) >= least && (value as number) <= most ? (value as number) : undefined);

function readMeasure(value: unknown): Measure[] {
  const { aggregate, column } = (value ?? {}) as Record<string, unknown>;
  const known = oneOf(AGGREGATES, aggregate);
  return known && (text(column) !== undefined || known === 'count') ? [{ aggregate: known, ...(text(column) !== undefined ? { column: text(column)! } : {}) }] : [];
}

/** A saved spec, which an older or a newer version may have written: what is not understood is left to its default. */
export function readSpec(saved: unknown): ChartSpec | undefined {
  if (typeof saved !== 'object' || saved === null) return undefined;
  const from = saved as Record<string, unknown>;
  const kind = oneOf(KINDS, from.kind);
  if (!kind) return undefined;
  const optional = { x: text(from.x), series: text(from.series), size: text(from.size), bins: whole(from.bins, 2, 200), title: text(from.title)?.slice(0, 200) };
  return {
    kind,
    bucket: oneOf(BUCKETS, from.bucket) ?? SPEC_DEFAULTS.bucket,
    y: Array.isArray(from.y) ? from.y.flatMap(readMeasure).slice(0, 8) : [],
    limit: whole(from.limit, 1, 500) ?? SPEC_DEFAULTS.limit,
    other: typeof from.other === 'boolean' ? from.other : SPEC_DEFAULTS.other,
    sort: oneOf(SORTS, from.sort) ?? SPEC_DEFAULTS.sort,
    log: from.log === true,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}
