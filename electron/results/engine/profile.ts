import type { DuckDBConnection } from '@duckdb/node-api';
import type { ColumnProfile, ValueCount } from '../../../shared/contract/resultAnalysis.ts';
import type { Call } from '../../processes/child.ts';
import { oneCell, storedCell, type Cell } from './cells.ts';
import type { Database } from './database.ts';
import { exactScale } from './decimal.ts';
import type { EngineMethods } from './protocol.ts';
import { exactFirst, extremeText, MOST_EXACT_DISTINCT, sumText } from './stats.ts';
import { literal } from './types.ts';

const QUANTILES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
const BINS = 24;
const TOP = 20;

const read = async (connection: DuckDBConnection, sql: string) => (await connection.runAndReadAll(sql)).getRows();

/** The values there are most of, ties by value. */
export async function topValues(database: Database, { file, column, contains, max }: EngineMethods['topValues']['args'], { signal }: Call): Promise<ValueCount[]> {
  return database.use(
    file,
    async (connection, table, shape) => {
      const { key, text, print } = storedCell(column, shape);
      const only = contains === '' ? '' : ` WHERE contains(lower(${text}), lower(${literal(contains)}))`;
      const order = 'ORDER BY n DESC, k NULLS LAST';
      const rows = await read(connection, `SELECT ${print('k')}, n FROM (SELECT ${key} AS k, count(*) AS n FROM ${table}${only} GROUP BY 1 ${order} LIMIT ${Math.trunc(max)}) ${order}`);
      return rows.map(([value, count]) => ({ value: value as string | null, count: Number(count) }));
    },
    signal,
  );
}

/** Floats beyond this are too large to be squared. */
const LARGE = 1e150;

/** What floats are divided by, so that neither their sum nor their squares overflow: 1, or a power of 2. */
async function unitOf(connection: DuckDBConnection, table: string, { type, kind, value }: Cell): Promise<number> {
  if (kind !== 'number' || exactScale(type) !== undefined) return 1;
  const [[greatest]] = (await read(connection, `SELECT max(abs(CAST(${value} AS DOUBLE))) FROM ${table} WHERE isfinite(${value})`)) as [[number | null]];
  return greatest === null || greatest < LARGE ? 1 : 2 ** Math.floor(Math.log2(greatest));
}

/** The text of a number given in `unit`s; NULL where it is beyond what a float holds. */
const floatText = (sql: string, unit: number): string => (unit === 1 ? `CAST(${sql} AS VARCHAR)` : `CASE WHEN abs(${sql}) <= ${Number.MAX_VALUE / unit} THEN CAST(${sql} * ${unit} AS VARCHAR) END`);

/** A value as a number to put into bins, and a place in bins as a text again. */
function scaleOf({ type, kind, value }: Cell, unit: number): { number: string; text(value: number): string; step?: number } | undefined {
  const bounded = (number: number) => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, number));
  if (kind === 'number') return { number: `CAST(${value} AS DOUBLE) / ${unit}`, text: (at) => String(bounded(Number((at * unit).toPrecision(12)))), ...(exactScale(type) === 0 ? { step: 1 } : {}) };
  if (kind !== 'time') return undefined;
  const iso = (at: number) => new Date(at * 1000).toISOString().replace('T', ' ').replace('Z', '');
  if (/^date$/i.test(type)) return { number: `CAST(epoch(${value}) AS DOUBLE)`, text: (at) => iso(at).slice(0, 10), step: 86_400 };
  if (/^time\b/i.test(type)) return { number: `CAST(epoch(${value}) AS DOUBLE)`, text: (at) => iso(at).slice(11, 19) };
  return { number: `CAST(epoch(${value}) AS DOUBLE)`, text: (at) => iso(at).slice(0, 19) };
}

async function histogram(connection: DuckDBConnection, table: string, cell: Cell, unit: number): Promise<ColumnProfile['histogram']> {
  const scale = scaleOf(cell, unit);
  if (!scale) return [];
  const numbers = `(SELECT ${scale.number} AS v FROM ${table}) WHERE isfinite(v)`;
  const [least, greatest] = (await read(connection, `SELECT min(v), max(v) FROM ${numbers}`))[0]! as [number | null, number | null];
  if (least === null || greatest === null) return [];
  const span = greatest - least;
  // Whole numbers and days get bins of whole steps, so that no bin is thinner by chance.
  const step = scale.step;
  const width = step ? Math.max(step, Math.ceil((span + step) / BINS / step) * step) : span / BINS || 1;
  const bins = step ? Math.max(1, Math.ceil((span + step) / width)) : span === 0 ? 1 : BINS;
  const rows = await read(connection, `SELECT CAST(least(${bins - 1}, floor((v - ${least}) / ${width})) AS INTEGER) AS bin, count(*) FROM ${numbers} GROUP BY 1`);
  const counts = new Map(rows.map(([bin, count]) => [Number(bin), Number(count)]));
  return Array.from({ length: bins }, (_, bin) => ({
    from: scale.text(least + bin * width),
    to: scale.text(step ? least + (bin + 1) * width - step : bin === bins - 1 ? greatest : least + (bin + 1) * width),
    count: counts.get(bin) ?? 0,
  }));
}

/** What a column holds, computed on all its rows when it is asked for. */
export async function profileColumn(database: Database, { file, column, about, rows }: EngineMethods['profile']['args'], call: Call): Promise<ColumnProfile> {
  const estimate = rows > MOST_EXACT_DISTINCT;
  const described = await database.use(
    file,
    async (connection, table, shape) => {
      const cell = oneCell(about, column, shape);
      const { kind, key, text, value, order, typed } = cell;
      const numeric = kind === 'number';
      const finite = numeric && exactScale(about.type) === undefined ? ` FILTER (isfinite(${value}))` : '';
      const written = kind === 'text' || kind === 'binary';
      const unit = await unitOf(connection, table, cell);
      const inUnits = `CAST(${value} AS DOUBLE) / ${unit}`;
      const parts = (sum: string) => [
        'count(*)', `count(*) - count(${key})`, typed ? '0' : `count(*) FILTER (${key} = '')`, estimate ? `approx_count_distinct(${key})` : `count(DISTINCT ${key})`,
        typed ? '0' : `count(*) FILTER (${key} IS NOT NULL AND ${order} IS NULL)`, extremeText('min', cell), extremeText('max', cell),
        ...(numeric ? [floatText(`avg(${inUnits})${finite}`, unit), floatText(`stddev_samp(${inUnits})${finite}`, unit), sumText(`sum(${sum})${finite}`, cell)] : ['NULL', 'NULL', 'NULL']),
        ...(written ? [`min(length(${text}))`, `avg(length(${text}))`, `max(length(${text}))`] : ['NULL', 'NULL', 'NULL']),
        numeric || kind === 'time' ? `list_transform(quantile_disc(${value}, [${QUANTILES.join(', ')}])${finite}, lambda q: CAST(q AS VARCHAR))` : 'NULL',
      ];
      const [count, nulls, empty, distinct, odd, min, max, mean, deviation, sum, shortest, length, longest, quantiles] = (await exactFirst((rough) => read(connection, `SELECT ${parts(rough ? `CAST(${value} AS DOUBLE)` : value).join(', ')} FROM ${table}`)))[0]!;
      const at = (quantiles as { items: unknown[] } | null)?.items ?? [];
      return {
        ...{ column: about, rows: Number(count), nulls: Number(nulls), empty: Number(empty), distinct: Number(distinct), distinctIsEstimate: estimate, odd: Number(odd) },
        ...{ min: min as string | null, max: max as string | null, mean: mean as string | null, deviation: deviation as string | null, sum: sum as string | null },
        length: shortest === null ? null : { min: Number(shortest), mean: Number(length), max: Number(longest) },
        quantiles: at.flatMap((one, i) => (one === null ? [] : [{ at: QUANTILES[i]!, value: String(one) }])),
        histogram: await histogram(connection, table, cell, unit),
      };
    },
    call.signal,
  );
  return { ...described, top: await topValues(database, { file, column, contains: '', max: TOP }, call) };
}
