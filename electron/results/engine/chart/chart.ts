import type { DuckDBConnection } from '@duckdb/node-api';
import type { ChartData, ChartSpec } from '../../../../shared/contract/charts.ts';
import { AppError } from '../../../../shared/errors.ts';
import { cellsOf, inOrder, type Shape } from '../cells.ts';
import type { Database } from '../database.ts';
import type { EngineMethods } from '../protocol.ts';
import { finish } from './answer.ts';
import { cutAxis } from './cutAxis.ts';
import { fieldsOf, type Fields } from './fields.ts';
import { measureSql } from './measures.ts';
import { rawLines, scatter } from './points.ts';
import { createSeries } from './seriesColumn.ts';
import { createSource, dropSource, numbersOf, SOURCE, type Source } from './source.ts';
import { textAxis } from './textAxis.ts';

/** Numbers of so many different values are drawn value by value. */
const MOST_VALUES = 60;

type Request = EngineMethods['chart']['args'];

/** What a kind draws where nothing was chosen. */
function withDefaults(spec: ChartSpec, columns: Request['columns']): ChartSpec {
  const needsX = spec.kind !== 'number';
  if (needsX && spec.x === undefined) throw new AppError('BadInput', 'Choose what stands on the x axis.');
  if (spec.kind === 'heatMap' && spec.series === undefined) throw new AppError('BadInput', 'Choose the rows of the heat map.');
  if (spec.kind === 'scatter' && spec.y.length === 0) throw new AppError('BadInput', 'Choose a value.');
  if (spec.kind === 'scatter') return { ...spec, y: spec.y.map(({ column }) => ({ aggregate: 'value', column })) };
  if (spec.kind === 'histogram') return { ...spec, y: [{ aggregate: 'count' }] };
  if (spec.y.length === 0 && columns.length > 0) return { ...spec, y: [{ aggregate: 'count' }] };
  return spec;
}

/** The first row's value, or the aggregate of all rows, of each measure. */
async function single({ connection, fields, rows, notes }: Source): Promise<ChartData> {
  const list = fields.y.map((one, i) => `CAST(${one.aggregate === 'value' ? `first(y${i})` : measureSql(one, i)} AS VARCHAR)`);
  const columns = (await connection.runAndReadAll(`SELECT ${list.join(', ')} FROM ${SOURCE}`)).getColumns();
  return { rows, x: { kind: 'none' }, series: columns.map(([value], measure) => ({ measure, x: [null], y: [(value ?? null) as string | null] })), notes };
}

async function draw(source: Source, fields: Fields, { spec, width, window }: Request): Promise<ChartData> {
  if (spec.kind === 'number') return single(source);
  const x = fields.x!;
  const series = await createSeries(source, spec.kind);
  const line = spec.kind === 'line' || spec.kind === 'area';
  if (spec.kind === 'scatter') {
    if (x.role === 'text') throw new AppError('BadInput', `“${x.name}” is text: a scatter needs numbers or times on x.`, { resource: x.name });
    return scatter(source, spec, series);
  }
  if (spec.kind === 'histogram' && x.role === 'text') throw new AppError('BadInput', `“${x.name}” is text: a histogram needs numbers or times.`, { resource: x.name });
  const asIs = fields.y.every(({ aggregate }) => aggregate === 'value') && (spec.bucket === 'auto' || spec.bucket === 'none') && spec.bins === undefined;
  if (x.role === 'text') return textAxis(source, spec, series);
  if (line && asIs) return rawLines(source, series, width);
  if (x.role === 'time') return !line && spec.bucket === 'none' ? textAxis(source, spec, series) : cutAxis(source, spec, series, { width, window });
  if (spec.kind === 'histogram' || spec.bins !== undefined) return cutAxis(source, spec, series, { width, window });
  if (spec.kind === 'pie') return textAxis(source, spec, series);
  const [distinct = 0] = await numbersOf(source.connection, `SELECT count(DISTINCT x) FROM ${SOURCE}`);
  return distinct <= Math.max(MOST_VALUES, line ? 0 : spec.limit) && !line ? textAxis(source, spec, series) : cutAxis(source, spec, series, { width, window });
}

const overflowed = (error: unknown): boolean => error instanceof Error && /overflow|out of range/i.test(error.message);

async function once(connection: DuckDBConnection, table: string, shape: Shape, request: Request, asDouble: boolean): Promise<ChartData> {
  const fields = fieldsOf(request.spec, cellsOf(request.columns, shape));
  try {
    return finish(await draw(await createSource(connection, { table: inOrder(table, shape), fields, window: request.window, asDouble }), fields, request));
  } finally {
    await dropSource(connection).catch(() => undefined); // an interrupted connection is closed anyway
  }
}

/** What a chart shows of a stored result: some thousand points at most, whatever the rows. */
export function readChart(database: Database, asked: Request, signal: AbortSignal): Promise<ChartData> {
  const request = { ...asked, spec: withDefaults(asked.spec, asked.columns) };
  return database.use(
    request.file,
    async (connection, table, shape) => {
      try {
        return await once(connection, table, shape, request, false);
      } catch (error) {
        // Sums beyond 38 digits: as floating point, which has no such end.
        if (!overflowed(error)) throw error;
        return once(connection, table, shape, request, true);
      }
    },
    signal,
  );
}
