import { distinctNames } from '../columnNames.ts';
import type { ChartFacts, ChartKind, ChartSpec, Measure } from '../contract/charts.ts';
import type { ResultColumn } from '../contract/results.ts';
import { columnRole, isWhole, type ColumnRole } from './columnRole.ts';
import { makeSpec } from './spec.ts';

export interface ChartColumn {
  name: string;
  type: string;
  role: ColumnRole;
  distinct: number;
  /** As many values as rows: one row a place. */
  unique: boolean;
  whole: boolean;
}

/** Values that make a readable axis of bars, and colours that can be told apart. */
const FEW = 60;
const COLOURS = 10;

export function chartColumns(columns: readonly ResultColumn[], facts: ChartFacts): ChartColumn[] {
  const names = distinctNames(columns);
  return columns.map(({ type }, i) => {
    const { distinct, nulls } = facts.columns[i] ?? { distinct: 0, nulls: 0 };
    const role = columnRole(type);
    return { name: names[i]!, type, role, distinct, unique: facts.rows > 0 && facts.rows === facts.sampled && distinct + (nulls > 0 ? 1 : 0) === facts.rows, whole: isWhole(type) };
  });
}

const asIs = (column: ChartColumn): Measure => ({ aggregate: 'value', column: column.name });
const COUNT: Measure = { aggregate: 'count' };

/** Whether a and b together name every row: then values are shown as they are. */
const isCross = (a: ChartColumn, b: ChartColumn, rows: number): boolean => rows <= 10_000 && rows > Math.max(a.distinct, b.distinct) && a.distinct * b.distinct >= rows && a.distinct * b.distinct <= 4 * rows;

/**
 * What a result is best drawn as, best first: from the types, and from how many different values there are. Results that
 * are grouped already are shown as they are; rows of facts are counted.
 */
export function suggest(columns: readonly ChartColumn[], rows: number): ChartSpec[] {
  const usable = columns.filter(({ distinct }) => distinct > 0);
  const numbers = usable.filter(({ role }) => role === 'number');
  const times = usable.filter(({ role, distinct }) => role === 'time' && distinct > 1);
  const texts = usable.filter(({ role, distinct }) => role === 'text' && distinct > 1);
  const found: ChartSpec[] = [];
  const add = (spec: Pick<ChartSpec, 'kind'> & Partial<ChartSpec>) => found.push(makeSpec(spec));

  if (rows === 1 && numbers.length > 0) add({ kind: 'number', y: numbers.slice(0, 4).map(asIs) });
  const [time] = times;
  if (time) {
    const colour = texts.find(({ distinct }) => distinct <= COLOURS);
    if (time.unique && numbers.length > 0) add({ kind: 'line', x: time.name, y: numbers.slice(0, sameScale(numbers)).map(asIs) });
    else if (numbers[0] && colour && isCross(time, colour, rows)) add({ kind: 'line', x: time.name, y: [asIs(numbers[0])], series: colour.name });
    else add({ kind: rows > 1 ? 'line' : 'bar', x: time.name, y: [COUNT] });
  }
  const label = texts.find(({ unique }) => unique) ?? texts.find(({ distinct }) => distinct <= FEW) ?? texts[0];
  const value = numbers.find(({ name }) => name !== label?.name);
  const second = texts.find((one) => one !== label && one.distinct <= 40);
  if (label && value && label.unique) {
    // Hundreds of the others together would dwarf each that is shown.
    add({ kind: 'bar', x: label.name, y: [asIs(value)], other: label.distinct <= 40 });
    if (label.distinct <= 8) add({ kind: 'pie', x: label.name, y: [asIs(value)] });
  } else if (label && second && value && isCross(label, second, rows)) {
    add({ kind: second.distinct <= COLOURS ? 'stackedBar' : 'heatMap', x: label.name, series: second.name, y: [asIs(value)] });
    add({ kind: 'heatMap', x: label.name, series: second.name, y: [asIs(value)] });
  } else if (label && !label.unique) {
    add({ kind: 'bar', x: label.name, y: [COUNT] });
    if (second && second.distinct <= COLOURS) add({ kind: 'stackedBar', x: label.name, series: second.name, y: [COUNT] });
  }
  const steps = numbers.find(({ unique, whole, distinct }) => unique && whole && distinct > 1);
  const measured = numbers.find((one) => one !== steps);
  if (!label && steps && measured && rows <= 500) add({ kind: steps.distinct <= 31 ? 'bar' : 'line', x: steps.name, y: [asIs(measured)], sort: 'xUp' });
  const [first, next] = numbers.filter(({ distinct }) => distinct > 12);
  if (first && next) add({ kind: 'scatter', x: first.name, y: [asIs(next)], series: texts.find(({ distinct }) => distinct <= COLOURS)?.name });
  if (first) add({ kind: 'histogram', x: first.name });
  if (found.length === 0 && numbers[0]) add({ kind: 'number', y: [asIs(numbers[0])] });
  if (found.length === 0) add({ kind: 'number', y: [COUNT] });
  return distinctSpecs(found).slice(0, 6);
}

/** Several lines only where there are few of them. */
const sameScale = (numbers: readonly ChartColumn[]): number => (numbers.length <= 3 ? numbers.length : 1);

function distinctSpecs(specs: ChartSpec[]): ChartSpec[] {
  const seen = new Set<string>();
  return specs.filter((spec) => {
    const key = JSON.stringify([spec.kind, spec.x, spec.series]);
    return !seen.has(key) && seen.add(key);
  });
}

/** The spec as another kind: what fits stays, what the kind needs is chosen. */
export function asKind(spec: ChartSpec, kind: ChartKind, columns: readonly ChartColumn[]): ChartSpec {
  const column = (name: string | undefined) => columns.find((one) => one.name === name);
  const numbers = columns.filter(({ role }) => role === 'number');
  const placed = (name: string | undefined) => column(name) !== undefined && column(name)!.role !== 'text';
  const next: ChartSpec = { ...spec, kind };
  if (kind === 'histogram') return { ...next, x: placed(spec.x) ? spec.x : (numbers[0] ?? columns.find(({ role }) => role === 'time'))?.name, y: [] };
  if (kind === 'pie' || kind === 'bar' || kind === 'stackedBar') {
    // A slice or bar for each of very many numbers says nothing; names do.
    const label = columns.find(({ role, distinct }) => role === 'text' && distinct > 1);
    if (column(spec.x)?.role === 'number' && column(spec.x)!.distinct > FEW && label) next.x = label.name;
  }
  if (kind === 'number') return { ...next, y: spec.y.length > 0 ? spec.y : [COUNT] };
  next.x ??= (columns.find(({ role }) => role === 'time') ?? columns.find(({ role }) => role === 'text') ?? columns[0])?.name;
  if (kind === 'scatter') {
    if (!placed(next.x)) next.x = numbers[0]?.name ?? columns.find(({ role }) => role === 'time')?.name;
    const fitting = spec.y.filter((one) => column(one.column)?.role === 'number' && one.column !== next.x);
    const other = numbers.find(({ name }) => name !== next.x) ?? numbers[0];
    return { ...next, y: fitting.length > 0 ? fitting.map(({ column: name }) => ({ aggregate: 'value', column: name })) : other ? [asIs(other)] : [] };
  }
  if (next.y.length === 0) next.y = [COUNT];
  if (kind === 'heatMap') next.series ??= columns.find(({ name, distinct }) => name !== next.x && distinct > 1)?.name;
  return next;
}

/** Whether every column it names is there. */
export function fits(spec: ChartSpec, columns: readonly { name: string }[]): boolean {
  const names = new Set(columns.map(({ name }) => name));
  return [spec.x, spec.series, spec.size, ...spec.y.map(({ column }) => column)].every((name) => name === undefined || names.has(name));
}
