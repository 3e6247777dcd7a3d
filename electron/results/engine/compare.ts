import type { DuckDBConnection } from '@duckdb/node-api';
import type { ResultColumn } from '../../../shared/contract/resultViews.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Call } from '../../processes/child.ts';
import { asTexts, cellsOf } from './cells.ts';
import type { Database } from './database.ts';
import type { EngineMethods } from './protocol.ts';
import { storedName } from './types.ts';
import { writeAside } from './view.ts';

/** A column both results have, by its name: its place now and before. */
interface Common {
  name: string;
  type: string;
  now: string;
  before: string;
}

function commonColumns(now: ResultColumn[], before: ResultColumn[]): Common[] {
  return now.flatMap(({ name, type }, i) => {
    const there = before.findIndex((column) => column.name === name);
    return there < 0 || now.findIndex((column) => column.name === name) !== i ? [] : [{ name, type, now: storedName(i), before: storedName(there) }];
  });
}

const CHANGE: ResultColumn = { name: 'change', type: 'varchar' };

/** Rows that are there more often on one side than on the other. */
function byWholeRows(common: Common[], now: string, before: string): string {
  const names = common.map((_, i) => storedName(i + 1)).join(', ');
  const rows = (table: string, side: 'now' | 'before') => `SELECT ${common.map((column, i) => `${column[side]} AS ${storedName(i + 1)}`).join(', ')} FROM ${table}`;
  const only = (change: string, some: string, others: string) => `SELECT '${change}' AS c0, ${names} FROM (${some} EXCEPT ALL ${others})`;
  return `${only('added', rows(now, 'now'), rows(before, 'before'))} UNION ALL ${only('removed', rows(before, 'before'), rows(now, 'now'))} ORDER BY ${names}, c0`;
}

async function assertUnique(connection: DuckDBConnection, table: string, keys: string[], which: string): Promise<void> {
  const list = keys.join(', ');
  const repeated = Number((await connection.runAndReadAll(`SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM ${table} GROUP BY ${list} HAVING count(*) > 1)`)).getRows()[0]![0]);
  if (repeated > 0) {
    throw new AppError('BadInput', `${repeated.toLocaleString('en')} rows of ${which} share their key with another.`, { detail: 'Choose more columns as the key, or none to compare whole rows.' });
  }
}

function byKey(keys: Common[], rest: Common[], now: string, before: string): string {
  const on = keys.map((key) => `a.${key.now} IS NOT DISTINCT FROM b.${key.before}`).join(' AND ');
  const differs = rest.map((column) => `a.${column.now} IS DISTINCT FROM b.${column.before}`).join(' OR ') || 'false';
  const change = "CASE WHEN b.there IS NULL THEN 'added' WHEN a.there IS NULL THEN 'removed' ELSE 'changed' END";
  const cells = [
    change,
    ...keys.map((key) => `CASE WHEN a.there IS NULL THEN b.${key.before} ELSE a.${key.now} END`),
    ...rest.flatMap((column) => [`a.${column.now}`, `b.${column.before}`]),
  ].map((cell, i) => `${cell} AS ${storedName(i)}`);
  const side = (table: string) => `(SELECT *, true AS there FROM ${table})`;
  return `SELECT ${cells.join(', ')} FROM ${side(now)} AS a FULL JOIN ${side(before)} AS b ON ${on} WHERE a.there IS NULL OR b.there IS NULL OR ${differs} ORDER BY ${keys.map((_, i) => storedName(i + 1)).join(', ')}`;
}

/** Writes what differs between two results. Values are compared as they are written. */
export async function writeComparison(database: Database, { file, columns, before, target, keys }: EngineMethods['compare']['args'], call: Call): Promise<EngineMethods['compare']['value']> {
  const common = commonColumns(columns, before.columns);
  if (common.length === 0) throw new AppError('BadInput', 'The two results have no column in common.');
  const unknown = keys.find((key) => !common.some(({ name }) => name === key));
  if (unknown !== undefined) throw new AppError('BadInput', `There is no column ${unknown} in both results.`);
  const byName = (name: string) => keys.includes(name);
  const [key, rest] = [common.filter(({ name }) => byName(name)), common.filter(({ name }) => !byName(name))];
  const select = async (connection: DuckDBConnection, now: string, then: string) => {
    if (key.length === 0) return byWholeRows(common, now, then);
    await assertUnique(connection, now, key.map((one) => one.now), 'this result');
    await assertUnique(connection, then, key.map((one) => one.before), 'the earlier result');
    return byKey(key, rest, now, then);
  };
  const written = await database.use(file, (_a, now, shape) =>
    database.use(before.file, (_b, then, shapeThen) =>
      writeAside(database, target, (connection) => select(connection, asTexts(now, cellsOf(columns, shape)), asTexts(then, cellsOf(before.columns, shapeThen))), call),
    ),
  );
  const pairs = rest.flatMap(({ name, type }) => [{ name, type }, { name: `${name} (before)`, type }]);
  const made = key.length === 0 ? [CHANGE, ...common.map(({ name, type }) => ({ name, type }))] : [CHANGE, ...key.map(({ name, type }) => ({ name, type })), ...pairs];
  return { ...written, columns: made };
}
