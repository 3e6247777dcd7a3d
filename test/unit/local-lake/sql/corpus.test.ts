import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderAsText, SqlError, translate, trinoErrorOf, installPrelude } from '../../../../electron/local-lake/athena/sql/index.ts';
import { ddlProblems } from '../../../../shared/sql/problems.ts';
import { corpus } from './corpus/index.ts';
import { catalog, createTables } from './corpus/tables.ts';

let instance: DuckDBInstance;
let connection: DuckDBConnection;

beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
  connection = await instance.connect();
  await connection.run(`SET TimeZone = 'UTC'`);
  installPrelude(connection);
});
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

interface Ran {
  types: string[];
  rows: (string | null)[][];
}

async function run(sql: string, parameters?: string[]): Promise<Ran> {
  const translated = await translate(sql, { catalog: 'awsdatacatalog', database: 'default', tables: catalog, parameters });
  await createTables(connection, translated.reads);
  try {
    const reader = await connection.runAndReadAll(renderAsText(translated));
    return { types: translated.columns.map((column) => column.type), rows: reader.getRows() as (string | null)[][] };
  } catch (error) {
    const { trinoName, message } = trinoErrorOf((error as Error).message);
    throw new SqlError(trinoName, message);
  }
}

for (const [group, cases] of Object.entries(corpus)) {
  describe(group, () => {
    test.each(cases.map((one) => [one.sql, one] as const))('%s', async (sql, one) => {
      if ('error' in one) {
        const failure: unknown = await run(sql, one.parameters).then(
          (ran) => expect.fail(`answered ${JSON.stringify(ran)}`),
          (error: unknown) => error,
        );
        expect(failure).toBeInstanceOf(SqlError);
        const { trinoName, message } = failure as SqlError;
        expect(`${trinoName}: ${message}`).toContain(one.error);
        return;
      }
      const ran = await run(sql, one.parameters);
      expect(ran.rows).toEqual(one.rows);
      expect(ran.types).toEqual(one.types);
      expect(ddlProblems(sql)).toBeNull();
    });
  });
}
