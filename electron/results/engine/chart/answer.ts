import type { ChartData, ChartNote, ChartSeries } from '../../../../shared/contract/charts.ts';
import type { MeasureField } from './fields.ts';
import { countsRows, isRounded } from './measures.ts';
import { seriesName, type SeriesColumn } from './seriesColumn.ts';

/** One group of the answer: its place on x, its series' rank (null: the others), its rows, its values by measure. */
export interface Group {
  x: number | string | null;
  rank: number | null;
  rows: number;
  values: (string | null)[];
}

/** Columns of a query (x, rank, rows, value, value …) as groups. */
export const toGroups = (columns: unknown[][]): Group[] =>
  (columns[0] ?? []).map((x, row) => ({
    x: typeof x === 'bigint' ? Number(x) : (x as Group['x']),
    rank: columns[1]![row] === null ? null : Number(columns[1]![row]),
    rows: Number(columns[2]![row]),
    values: columns.slice(3).map((column) => (column[row] ?? null) as string | null),
  }));

export function addNote(notes: ChartNote[], code: ChartNote['code'], count: number): void {
  if (count > 0) notes.push({ code, count });
}

/** Groups laid out by series and measure over the places of x; a count that is not there is 0. */
export function layOut(groups: Group[], places: (number | string | null)[], placeOf: (group: Group) => number, measures: MeasureField[], series: SeriesColumn, zeros: boolean): ChartSeries[] {
  const ranks: (number | null)[] = series.names.length === 0 ? [0] : [...series.names.keys(), ...(groups.some(({ rank }) => rank === null) ? [null] : [])];
  const bySeries = new Map(ranks.map((rank) => [rank, new Map<number, Group>()]));
  for (const group of groups) bySeries.get(group.rank)?.set(placeOf(group), group);
  return measures.flatMap((measure, index) =>
    ranks.map((rank): ChartSeries => {
      const held = bySeries.get(rank)!;
      const empty = zeros && countsRows(measure) ? '0' : null;
      return {
        ...seriesName(series, rank),
        measure: index,
        x: places,
        y: places.map((_, at) => (held.has(at) ? held.get(at)!.values[index]! : empty)),
        count: places.map((_, at) => held.get(at)?.rows ?? 0),
      };
    }),
  );
}

/** What all answers end with: values that are drawn rounded, counted. */
export function finish(data: ChartData): ChartData {
  addNote(data.notes, 'rounded', data.series.reduce((sum, { y }) => sum + y.filter(isRounded).length, 0));
  return data;
}

/** Rows added up though asked for as they are. */
export function noteRepeated(notes: ChartNote[], measures: MeasureField[], groups: Group[]): void {
  if (!measures.some(({ aggregate }) => aggregate === 'value')) return;
  addNote(notes, 'repeated', groups.reduce((sum, { rows }) => sum + (rows > 1 ? rows : 0), 0));
}
