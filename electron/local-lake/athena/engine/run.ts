import { mkdirSync, rmSync } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier, literal } from '../format/literals.ts';
import { trinoTypeOf } from '../format/types.ts';
import { valueText } from '../format/valueText.ts';
import type { Output, OutputColumn, RunRequest, RunResult } from './protocol.ts';

/** Runs one query and puts its rows where they are wanted. */
export async function runQuery(connection: DuckDBConnection, { setup, sql, columns: wanted, output }: RunRequest): Promise<RunResult> {
  const started = Date.now();
  for (const statement of setup) await connection.run(statement);
  const columns = wanted ?? (await columnsOf(connection, sql));
  const planningMs = Date.now() - started;
  if (output.kind === 'plan') {
    const reader = await connection.runAndReadAll(`EXPLAIN (${[...(output.analyze ? ['ANALYZE'] : []), `FORMAT ${output.json ? 'json' : 'text'}`].join(', ')}) ${sql}`);
    return { columns, rows: 1, values: reader.getRows().map(([, plan]) => [String(plan)]), planningMs, runningMs: Date.now() - started - planningMs };
  }
  if (output.kind === 'rows') {
    const reader = await connection.runAndReadAll(textQuery(sql, columns));
    const values = reader.getRows().map((row) => row.map((value) => (value === null ? null : String(value))));
    return { columns, rows: values.length, values, planningMs, runningMs: Date.now() - started - planningMs };
  }
  if (output.kind === 'data') {
    rmSync(output.folder, { recursive: true, force: true });
    mkdirSync(output.folder, { recursive: true, mode: 0o700 });
  }
  const copied = await connection.runAndReadAll(copyStatement(sql, columns, output));
  return { columns, rows: Number(copied.getRows()[0]![0]), planningMs, runningMs: Date.now() - started - planningMs };
}

/** Plans the query for its columns: asked only where they are not known, as running it plans it once more. */
async function columnsOf(connection: DuckDBConnection, sql: string): Promise<OutputColumn[]> {
  const prepared = await connection.prepare(sql);
  try {
    return Array.from({ length: prepared.columnCount }, (_, i) => ({ name: prepared.columnName(i), type: trinoTypeOf(prepared.columnType(i)) }));
  } finally {
    prepared.destroySync();
  }
}

const position = (i: number) => `secchi_${i}`;
const numbered = (sql: string, columns: OutputColumn[]) => `(${sql}\n) AS answer(${columns.map((_, i) => position(i)).join(', ')})`;

function textQuery(sql: string, columns: OutputColumn[]): string {
  const texts = columns.map(({ name, type }, i) => `${valueText(type, position(i))} AS ${identifier(name)}`);
  return `SELECT ${texts.join(', ')} FROM ${numbered(sql, columns)}`;
}

function copyStatement(sql: string, columns: OutputColumn[], output: Extract<Output, { file: string } | { folder: string }>): string {
  if (output.kind === 'results') {
    const names = columns.map(({ name }) => name.toLowerCase());
    const distinct = new Set(names).size === names.length;
    // DuckDB renames repeated column names; there the header is a first row.
    const header = distinct ? '' : `SELECT ${columns.map(({ name }, i) => `${literal(name)} AS ${position(i)}`).join(', ')} UNION ALL `;
    return `COPY (${header}${textQuery(sql, columns)}) TO ${literal(output.file)} (FORMAT csv, HEADER ${distinct}, FORCE_QUOTE *, NULL '')`;
  }
  const values = dataValues(columns, output);
  const partitions = output.partitionBy.length > 0 ? `, PARTITION_BY (${output.partitionBy.map(identifier).join(', ')}), FILENAME_PATTERN '{uuid}', FILE_EXTENSION ${literal(output.extension)}` : '';
  const target = partitions ? output.folder : `${output.folder}/data.${output.extension}`;
  return `COPY (SELECT ${values.join(', ')} FROM ${numbered(sql, columns)}) TO ${literal(target)} (${output.copyOptions}${partitions})`;
}

function dataValues(columns: OutputColumn[], { encoding, partitionBy }: Extract<Output, { kind: 'data' }>): string[] {
  const all = columns.map((column, i) => ({ ...column, value: position(i), name: identifier(column.name), partitioning: partitionBy.includes(column.name) }));
  const own = all.filter(({ partitioning }) => !partitioning);
  const partitions = all.filter(({ partitioning }) => partitioning).map(({ value, name }) => `${value} AS ${name}`);
  // DuckDB's own JSON writer makes no partitions.
  if (encoding === 'json') return [`CAST(to_json({${own.map(({ name, value }) => `${name}: ${value}`).join(', ')}}) AS VARCHAR) AS secchi_row`, ...partitions];
  return [...own.map(({ value, name, type }) => `${encoding === 'text' ? valueText(type, value) : value} AS ${name}`), ...partitions];
}
