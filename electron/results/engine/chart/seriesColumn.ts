import { chooseBucket, niceStep } from '../../../../shared/charts/buckets.ts';
import type { ChartKind } from '../../../../shared/contract/charts.ts';
import { bucketSql } from './times.ts';
import { adds, measureSql } from './measures.ts';
import { millis, numbersOf, sqlNumber, SOURCE, type Source } from './source.ts';

/** Colours a reader can tell apart; rows of a heat map that can be read. */
const MOST: Partial<Record<ChartKind, number>> = { heatMap: 40 };
const MOST_COLOURS = 10;

/** What the rows are coloured by: the names in order of their rank, and the rank as a join. */
export interface SeriesColumn {
  /** By rank; empty where nothing is coloured by. */
  names: (string | null)[];
  /** Values beyond the limit. */
  others: number;
  /** SQL to follow `FROM chart_source`. */
  join: string;
  /** SQL of the rank: NULL for the others. */
  rank: string;
}

const same = (name: string) => name;

/** SQL of a series' name, and of what it is ordered by, and how the name reads. Numbers and times of many values are cut. */
async function nameSql({ connection, fields: { series } }: Source, most: number): Promise<{ name: string; order: string; print(name: string): string }> {
  if (!series || series.role === 'text') return { name: 'st', order: 'NULL', print: series?.print ?? same };
  const value = series.role === 'time' ? millis('sv') : 'sv';
  const fits = series.floating || series.role === 'time' ? `isfinite(sv)` : 'true';
  const [distinct = 0, min = 0, max = 0] = await numbersOf(connection, `SELECT count(DISTINCT st), min(${value}) FILTER (${fits}), max(${value}) FILTER (${fits}) FROM ${SOURCE}`);
  if (distinct <= most || !(max > min)) return { name: 'st', order: value, print: series.print };
  if (series.role === 'time') {
    const bucket = bucketSql('sv', chooseBucket(max - min, most));
    const start = max - min > 2 * 86_400_000 ? `CAST(CAST(${bucket} AS DATE) AS VARCHAR)` : `strftime(${bucket}, '%Y-%m-%d %H:%M')`;
    return { name: `CASE WHEN ${fits} THEN ${start} END`, order: millis(bucket), print: same };
  }
  const step = niceStep(max - min, most === MOST_COLOURS ? 6 : 20, series.whole);
  const low = `floor(sv / ${sqlNumber(step)}) * ${sqlNumber(step)}`;
  const shown = (sql: string) => `rtrim(rtrim(printf('%.6f', ${sql}), '0'), '.')`;
  return { name: `CASE WHEN ${fits} THEN ${shown(low)} || ' – ' || ${shown(`${low} + ${sqlNumber(step)}`)} END`, order: low, print: same };
}

export async function createSeries(source: Source, kind: ChartKind): Promise<SeriesColumn> {
  const { connection, fields } = source;
  if (!fields.series) return { names: [], others: 0, join: '', rank: '0' };
  const most = MOST[kind] ?? MOST_COLOURS;
  const { name, order, print } = await nameSql(source, most);
  const first = fields.y[0];
  const weight = first && adds(first) ? measureSql(first, 0) : 'count(*)';
  await connection.run(`CREATE TEMP TABLE chart_series AS
    SELECT name, groups, row_number() OVER (ORDER BY sorted NULLS LAST, ${kind === 'heatMap' ? '' : 'weight DESC NULLS LAST, '}name NULLS LAST) - 1 AS rank FROM (
      SELECT ${name} AS name, min(${order}) AS sorted, ${weight} AS weight, count(*) OVER () AS groups, row_number() OVER (ORDER BY ${weight} DESC NULLS LAST, ${name} NULLS LAST) AS place
      FROM ${SOURCE} GROUP BY ${name} QUALIFY place <= ${most})`);
  const [names = [], groups = []] = (await connection.runAndReadAll(`SELECT left(${print('name')}, 300), groups FROM temp.chart_series ORDER BY rank`)).getColumns();
  const others = names.length > 0 ? Number(groups[0]) - names.length : 0;
  return { names: names as (string | null)[], others, join: `LEFT JOIN temp.chart_series ss ON (${name}) IS NOT DISTINCT FROM ss.name`, rank: 'ss.rank' };
}

/** The series of a rank as the answer names it. */
export const seriesName = ({ names }: SeriesColumn, rank: number | null): { name?: string | null; other?: boolean } => {
  if (names.length === 0) return {};
  return rank === null ? { name: null, other: true } : { name: names[rank] ?? null };
};
