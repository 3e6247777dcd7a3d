import type { DuckDBConnection, DuckDBType } from '@duckdb/node-api';
import { AppError } from '../../../../shared/errors.ts';
import type { ResultColumn } from '../../../../shared/contract/results.ts';
import type { Call } from '../../../processes/child.ts';
import { groupOf } from '../../../results/engine/keep.ts';
import { ON_DESK, storedName, valueType } from '../../../results/engine/types.ts';
import { toFailure } from './failure.ts';
import type { DeskMethods } from './protocol.ts';
import { openDesk, TARGET, type Desk } from './sandbox.ts';
import { literal } from './sql.ts';
import { kindOf } from './statement.ts';
import { misfit, storedOf, textOf, typeName } from './types.ts';

const INTERRUPT_EVERY_MS = 20;

interface Shape {
  names: readonly string[];
  types: readonly DuckDBType[];
}

const columnsOf = ({ names, types }: Shape): ResultColumn[] => names.map((name, i) => ({ name, type: typeName(types[i]!) }));

/** Columns of which a value does not tell its text, or is none of the result's type, become text. */
async function refit(connection: DuckDBConnection, { types }: Shape): Promise<void> {
  const tested = types.flatMap((type, i) => {
    const sql = misfit(storedName(i), type, valueType(typeName(type)).duckType);
    return sql === undefined ? [] : [{ name: storedName(i), type, sql }];
  });
  if (tested.length === 0) return;
  const found = (await connection.runAndReadAll(`SELECT ${tested.map(({ sql }) => `bool_or(${sql})`).join(', ')} FROM ${TARGET}.r`)).getRows()[0]!;
  for (const [at, { name, type }] of tested.entries()) {
    if (found[at] === true) await connection.run(`ALTER TABLE ${TARGET}.r ALTER ${name} TYPE VARCHAR USING ${textOf(name, type)}`);
  }
}

/** Stores rows as results are kept: by value where it tells the text, under names of our own. */
async function store({ connection, attachTarget }: Desk, sql: string, shape: Shape): Promise<void> {
  await attachTarget(groupOf(shape.types.length));
  const names = shape.types.map((_, i) => storedName(i));
  const list = shape.types.map((type, i) => `${storedOf(names[i]!, type)} AS ${names[i]}`);
  const head = `CREATE TABLE ${TARGET}.r AS SELECT ${list.join(', ')}, NULL::BOOLEAN AS ${ON_DESK} FROM (`;
  // A comment may end the statement: the parenthesis is on a line of its own.
  await connection.run(`${head}${sql}\n) AS q(${names.join(', ')})`).catch((error: unknown) => {
    throw toFailure(error, sql, Buffer.byteLength(head));
  });
  await refit(connection, shape);
}

async function shapeOf(connection: DuckDBConnection, sql: string): Promise<Shape> {
  const prepared = await connection.prepare(sql);
  const types = Array.from({ length: prepared.columnCount }, (_, i) => prepared.columnType(i));
  return { types, names: types.map((_, i) => prepared.columnName(i)) };
}

const works = {
  async query(desk: Desk, sql: string): Promise<Shape> {
    const shape = await shapeOf(desk.connection, sql);
    await store(desk, sql, shape);
    return shape;
  },

  async pivot(desk: Desk, sql: string): Promise<Shape> {
    await desk.connection.run(`CREATE TEMP TABLE secchi_pivot AS ${sql}`);
    return works.query(desk, 'FROM secchi_pivot');
  },

  /** A plan comes as one text. One of JSON stays one; one that is drawn is cut into its lines. */
  async explain(desk: Desk, sql: string): Promise<Shape> {
    const plans = (await desk.connection.runAndReadAll(sql)).getRows().map((row) => String(row.at(-1) ?? ''));
    const lines = plans.flatMap((plan) => plan.replace(/\n$/, '').split('\n'));
    return works.query(desk, `SELECT unnest([${lines.map(literal).join(', ')}]) AS "Query Plan"`);
  },
};

/** Aborting interrupts whatever runs; an interrupt between two statements is lost, so it is repeated. */
async function interruptible<T>({ connection }: Desk, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  let again: NodeJS.Timeout | undefined;
  const interrupt = () => {
    connection.interrupt();
    again ??= setInterval(() => connection.interrupt(), INTERRUPT_EVERY_MS);
  };
  if (signal.aborted) interrupt();
  signal.addEventListener('abort', interrupt, { once: true });
  try {
    return await work();
  } finally {
    clearInterval(again);
    signal.removeEventListener('abort', interrupt);
  }
}

/** A statement that fails for want of a table whose files could not be read says why they could not. */
function explained(error: unknown, { unreadable }: Desk, sql: string): AppError {
  const failure = toFailure(error, sql);
  const [, missing] = /Table with name "?([^"\s]+?)"? does not exist/.exec(failure.message) ?? [];
  const why = missing === undefined ? undefined : unreadable.get(missing.toLowerCase());
  return why === undefined ? failure : new AppError('QueryFailed', `${missing} cannot be read: ${toFailure(why, sql).message}`, { line: failure.line, column: failure.column, cause: why });
}

/** Runs one statement in a database of its own and leaves its rows in `target`, wholly on disk. */
export async function runStatement({ sql, tables, sandbox, target }: DeskMethods['run']['args'], { signal }: Call): Promise<DeskMethods['run']['value']> {
  const desk = await openDesk(sandbox, tables, target);
  const { connection } = desk;
  try {
    return await interruptible(desk, signal, async () => {
      const shape = await works[await kindOf(connection, sql)](desk, sql);
      await connection.run(`CHECKPOINT ${TARGET}`);
      const rows = Number((await connection.runAndReadAll(`SELECT count(*) FROM ${TARGET}.r`)).getRows()[0]![0]);
      if (signal.aborted) throw new AppError('Cancelled', 'The statement was stopped.');
      return { columns: columnsOf(shape), rows };
    });
  } catch (error) {
    if (signal.aborted) throw new AppError('Cancelled', 'The statement was stopped.', { cause: error });
    throw explained(error, desk, sql);
  } finally {
    desk.close();
  }
}
