import { bucketCount, chooseBucket, nextBucket, niceStep, type CutBucket } from '../../../../shared/charts/buckets.ts';
import type { ChartData, ChartSpec, ChartWindow } from '../../../../shared/contract/charts.ts';
import { addNote, layOut, noteRepeated, toGroups } from './answer.ts';
import { measureSql } from './measures.ts';
import type { SeriesColumn } from './seriesColumn.ts';
import { millis, sqlNumber, SOURCE, type Source } from './source.ts';
import { bucketSql } from './times.ts';

/** Points of an answer, over all its series. */
const MOST_POINTS = 16_000;
const MOST_PLACES = 2_000;
const BINS = 30;

interface Cut {
  /** SQL of the start of the part x is in, as a number. */
  sql: string;
  x: ChartData['x'];
  /** All starts from the first to the last: parts without rows are seen to be empty. */
  places: number[];
  coarsened: boolean;
}

function cutTime(source: Source, { bucket }: ChartSpec, most: number, wanted: number): Cut {
  const span = source.max - source.min;
  const asked = bucket === 'auto' || bucket === 'none' ? undefined : bucket;
  const coarsened = asked !== undefined && bucketCount(span, asked) > most;
  // Days have no hours.
  const chosen: CutBucket = asked && !coarsened ? asked : chooseBucket(span, coarsened ? most : wanted, asked ?? 'second');
  return { sql: millis(bucketSql('x', chosen)), x: { kind: 'time', bucket: chosen, utc: source.fields.x!.utc }, places: [], coarsened };
}

function cutNumber(source: Source, { bins }: ChartSpec, wanted: number, window: ChartWindow | undefined): Cut {
  const [min, max] = window ? [window.from, window.to] : [source.min, source.max];
  const whole = source.fields.x!.whole;
  // Halved, so that the span of the largest numbers is a number, too.
  const span = 2 * Math.min(max / 2 - min / 2, Number.MAX_VALUE / 2);
  const step = bins ? Math.max(whole ? 1 : 0, span / bins) || 1 : niceStep(span, wanted, whole);
  const start = bins && !whole ? min : Math.max(-Number.MAX_VALUE, Math.floor(min / step) * step);
  const parts = Math.max(1, Math.floor(source.max / step - start / step) + 1);
  // The greatest value belongs to the last of the bins asked for, not to one of its own.
  const last = bins && !whole ? Math.min(parts, bins) - 1 : parts - 1;
  const offset = Number.isFinite(max - start) ? `(x - ${sqlNumber(start)}) / ${sqlNumber(step)}` : `x / ${sqlNumber(step)} - ${sqlNumber(start / step)}`;
  const index = `least(${last}, greatest(0, floor(${offset})))`;
  return { sql: `CAST(${index} AS DOUBLE)`, x: { kind: 'number', step }, places: Array.from({ length: last + 1 }, (_, i) => Number((start + i * step).toPrecision(15))), coarsened: false };
}

/** Lines, bars and histograms over times or numbers that are cut into equal parts. */
export async function cutAxis(source: Source, spec: ChartSpec, series: SeriesColumn, { width, window }: { width: number; window: ChartWindow | undefined }): Promise<ChartData> {
  const { connection, fields } = source;
  const notes = [...source.notes];
  const each = Math.max(1, fields.y.length * Math.max(1, series.names.length + (series.others > 0 ? 1 : 0)));
  const most = Math.max(50, Math.min(MOST_PLACES, Math.floor(MOST_POINTS / each)));
  const lines = spec.kind === 'line' || spec.kind === 'area';
  const wanted = Math.min(most, lines ? Math.max(60, Math.floor(width / 2)) : spec.kind === 'pie' ? 12 : spec.kind === 'heatMap' ? 60 : Math.max(20, Math.floor(width / 8)));
  const empty = { rows: source.rows, series: [], notes };
  if (!Number.isFinite(source.min)) return { ...empty, x: { kind: fields.x!.role === 'time' ? 'time' : 'number' } };
  const cut = fields.x!.role === 'time' ? cutTime(source, spec, most, wanted) : cutNumber(source, spec, spec.kind === 'histogram' ? BINS : Math.min(wanted, 200), window);

  const values = fields.y.map((measure, i) => `, CAST(${measureSql(measure, i)} AS VARCHAR)`).join('');
  const groups = toGroups(
    (
      await connection.runAndReadAll(`SELECT ${cut.sql} AS place, CAST(${series.rank} AS DOUBLE) AS sr, CAST(count(*) AS DOUBLE)${values}
      FROM ${SOURCE} ${series.join} GROUP BY place, sr ORDER BY place`)
    ).getColumns(),
  );
  const places = cut.x.bucket ? startsBetween(Number(groups[0]?.x), Number(groups.at(-1)?.x), cut.x.bucket as CutBucket) : cut.places;
  const at = new Map(places.map((place, i) => [place, i]));
  addNote(notes, 'otherSeries', series.others);
  addNote(notes, 'coarsened', cut.coarsened ? 1 : 0);
  noteRepeated(notes, fields.y, groups);
  return { rows: source.rows, x: cut.x, series: layOut(groups, places, ({ x }) => (cut.x.bucket ? at.get(Number(x))! : Number(x)), fields.y, series, true), notes };
}

function startsBetween(first: number, last: number, bucket: CutBucket): number[] {
  const starts: number[] = [];
  for (let start = first; start <= last; start = nextBucket(start, bucket)) starts.push(start);
  return starts;
}
