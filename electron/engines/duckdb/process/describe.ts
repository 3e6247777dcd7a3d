import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { problemOf, toFailure } from './failure.ts';
import type { DeskFunction, DeskMethods, SyntaxProblem } from './protocol.ts';
import { openDesk } from './sandbox.ts';
import { identifier } from './sql.ts';
import { withoutComments } from './statement.ts';

/** A database that holds nothing and can reach nothing, for what needs DuckDB's parser alone. */
let empty: Promise<DuckDBConnection> | undefined;
const parser = (): Promise<DuckDBConnection> =>
  (empty ??= DuckDBInstance.create(':memory:', { enable_external_access: 'false', errors_as_json: 'true', lock_configuration: 'true', memory_limit: '100MB', threads: '1' }).then((instance) => instance.connect()));

/** Where DuckDB's parser stops reading; what it names only at the end (a text that is not finished) stands at its end. */
export async function problemIn({ sql }: { sql: string }): Promise<SyntaxProblem | null> {
  if (withoutComments(sql) === '') return null;
  const connection = await parser();
  return connection.extractStatements(sql).then(
    () => null,
    (error: unknown) => {
      const { message, place } = problemOf(error, sql);
      const lines = sql.split('\n');
      return { message, ...(place ?? { line: lines.length, column: lines.at(-1)!.length + 1 }) };
    },
  );
}

export async function describeTable({ table, sandbox }: DeskMethods['describe']['args']): Promise<{ name: string; type: string }[]> {
  const { connection, unreadable, close } = await openDesk(sandbox, [table]);
  try {
    for (const error of unreadable.values()) throw toFailure(error, '');
    const found = await connection.runAndReadAll(`DESCRIBE ${table.schema}.${identifier(table.name)}`);
    return found.getRows().map(([name, type]) => ({ name: String(name), type: String(type).toLowerCase() }));
  } finally {
    close();
  }
}

/** DuckDB's own list: each name with its signatures; operators and what is internal left out. */
export async function listFunctions(): Promise<DeskFunction[]> {
  const connection = await parser();
  const found = await connection.runAndReadAll(`
    SELECT DISTINCT function_name, function_name || '(' || array_to_string(parameters, ', ') || ')' || coalesce(' → ' || lower(return_type), ''), description
    FROM duckdb_functions()
    WHERE function_type IN ('scalar', 'aggregate', 'macro', 'table') AND regexp_full_match(function_name, '[a-z][a-z0-9_]*') AND NOT starts_with(function_name, 'pg_') AND NOT starts_with(function_name, 'duckdb_')
    ORDER BY ALL`);
  return found.getRows().map(([name, signature, description]) => ({ name: String(name), signature: String(signature), description: description === null ? undefined : String(description) }));
}
