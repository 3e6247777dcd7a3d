import type { ChartData, ChartSeries, ChartSpec } from '../../../../shared/contract/charts.ts';
import { addNote } from './answer.ts';
import { seriesName, type SeriesColumn } from './seriesColumn.ts';
import { millis, sqlNumber, SOURCE, type Source } from './source.ts';

/** Up to so many points each row is drawn. */
const MOST_POINTS = 4_000;
/** A scatter of more rows is drawn as the cells of this raster that have any. */
const CELLS = { x: 120, y: 80 };

type Columns = unknown[][];

/** Rows of (rank, x, y, count, size) as series of one measure. */
function toSeries([ranks = [], xs = [], ys = [], counts = [], sizes = []]: Columns, measure: number, series: SeriesColumn, more: { counted: boolean; sized: boolean }): ChartSeries[] {
  const byRank = new Map<number | null, ChartSeries>();
  ranks.forEach((value, row) => {
    const rank = value === null ? null : Number(value);
    let one = byRank.get(rank);
    if (!one) byRank.set(rank, (one = { ...seriesName(series, rank), measure, x: [], y: [], ...(more.counted ? { count: [] } : {}), ...(more.sized ? { size: [] } : {}) }));
    one.x.push(xs[row] as number);
    one.y.push(ys[row] as string);
    one.count?.push(Number(counts[row]));
    one.size?.push((sizes[row] ?? null) as number | null);
  });
  return [...byRank].sort(([a], [b]) => (a ?? Infinity) - (b ?? Infinity)).map(([, one]) => one);
}

/**
 * First, last, smallest and largest row of each pixel column (M4): a line through them covers the same pixels as one
 * through all rows. U. Jugel et al., "M4: A Visualization-Oriented Time Series Data Aggregation", VLDB 2014.
 */
const m4 = (x: string, y: string, rank: string, join: string, { min, max }: Source, columns: number): string => {
  const column = `least(${columns - 1}, floor((${x} - ${sqlNumber(min)}) / ${sqlNumber((max - min) / columns || 1)}))`;
  const extremes = `min(${x}) AS x1, arg_min(${y}, ${x}) AS y1, max(${x}) AS x2, arg_max(${y}, ${x}) AS y2, arg_min(${x}, ${y}) AS x3, min(${y}) AS y3, arg_max(${x}, ${y}) AS x4, max(${y}) AS y4`;
  return `SELECT DISTINCT rank, x, CAST(y AS VARCHAR), y FROM (
    SELECT rank, unnest([x1, x2, x3, x4]) AS x, unnest([y1, y2, y3, y4]) AS y FROM (SELECT ${rank} AS rank, ${extremes} FROM ${SOURCE} ${join} WHERE ${y} IS NOT NULL GROUP BY rank, ${column}))
    ORDER BY rank, x, y`;
};

/** Lines through the rows as they are. */
export async function rawLines(source: Source, series: SeriesColumn, width: number): Promise<ChartData> {
  const { connection, fields, rows } = source;
  const notes = [...source.notes];
  const x = fields.x!.role === 'time' ? millis('x') : 'x';
  const rank = `CAST(${series.rank} AS DOUBLE)`;
  const each = Math.max(1, fields.y.length);
  const laid: ChartSeries[] = [];
  for (const index of fields.y.keys()) {
    const y = `y${index}`;
    const columns = Math.max(20, Math.min(Math.floor(width), Math.floor(16_000 / 4 / each / Math.max(1, series.names.length))));
    const plain = `SELECT ${rank}, ${x}, CAST(${y} AS VARCHAR) FROM ${SOURCE} ${series.join} WHERE ${y} IS NOT NULL ORDER BY 1, 2, ${SOURCE}.rowid`;
    const sql = rows <= MOST_POINTS / each ? plain : m4(x, y, rank, series.join, source, columns);
    laid.push(...toSeries((await connection.runAndReadAll(sql)).getColumns(), index, series, { counted: false, sized: false }));
  }
  if (rows > MOST_POINTS / each) addNote(notes, 'downsampled', laid.reduce((sum, one) => sum + one.x.length, 0));
  addNote(notes, 'otherSeries', series.others);
  return { rows, x: axis(source), series: laid, notes };
}

const axis = ({ fields: { x } }: Source): ChartData['x'] => (x!.role === 'time' ? { kind: 'time', bucket: 'none', utc: x!.utc } : { kind: 'number' });

/** Rows as points; beyond some thousand as cells that say how many rows they hold, so that no outlier is lost. */
export async function scatter(source: Source, _spec: ChartSpec, series: SeriesColumn): Promise<ChartData> {
  const { connection, fields, rows, min, max } = source;
  const notes = [...source.notes];
  const x = fields.x!.role === 'time' ? millis('x') : 'x';
  const rank = `CAST(${series.rank} AS DOUBLE)`;
  const sized = fields.size !== undefined;
  const laid: ChartSeries[] = [];
  for (const index of fields.y.keys()) {
    const y = `y${index}`;
    const z = sized ? 'z' : 'NULL';
    if (rows * fields.y.length <= MOST_POINTS) {
      const all = await connection.runAndReadAll(`SELECT ${rank}, ${x}, CAST(${y} AS VARCHAR), 1, ${z} FROM ${SOURCE} ${series.join} WHERE ${y} IS NOT NULL ORDER BY 1, ${SOURCE}.rowid`);
      laid.push(...toSeries(all.getColumns(), index, series, { counted: false, sized }));
      continue;
    }
    const cells = await connection.runAndReadAll(`
      WITH bounds AS (SELECT CAST(min(${y}) AS DOUBLE) AS low, CAST(max(${y}) AS DOUBLE) AS high FROM ${SOURCE})
      SELECT rank, CASE WHEN n = 1 THEN x1 ELSE x END, CASE WHEN n = 1 THEN y1 ELSE CAST(y AS VARCHAR) END, n, z FROM (
        SELECT ${rank} AS rank, avg(${x}) AS x, avg(${y}) AS y, CAST(any_value(${x}) AS DOUBLE) AS x1, CAST(any_value(${y}) AS VARCHAR) AS y1, CAST(count(*) AS DOUBLE) AS n, avg(${z}) AS z
        FROM ${SOURCE} ${series.join}, bounds WHERE ${y} IS NOT NULL
        GROUP BY rank, floor((${x} - ${sqlNumber(min)}) / ${sqlNumber((max - min) / CELLS.x || 1)}), floor((${y} - low) / CASE WHEN high > low THEN (high - low) / ${CELLS.y} ELSE 1 END))
      ORDER BY rank, n DESC`);
    laid.push(...toSeries(cells.getColumns(), index, series, { counted: true, sized }));
  }
  if (rows * fields.y.length > MOST_POINTS) addNote(notes, 'binned', laid.reduce((sum, one) => sum + one.x.length, 0));
  addNote(notes, 'otherSeries', series.others);
  return { rows, x: axis(source), series: laid, notes };
}
