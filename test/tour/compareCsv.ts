import { DuckDBInstance } from '@duckdb/node-api';

/**
 * Rows in one file that are not in the other, counted with duplicates, both ways. The CSV must be RFC 4180 with a header;
 * every value is compared as text in Athena's form.
 */
export async function differingRows(csv: string, expectedSql: string): Promise<{ rows: number; differing: number }> {
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '2GB', threads: '2' });
  const connection = await instance.connect();
  try {
    const quoted = csv.replaceAll("'", "''");
    await connection.run(
      `CREATE TABLE exported AS SELECT * FROM read_csv('${quoted}', header = true, all_varchar = true, quote = '"', escape = '"', delim = ',', auto_detect = false, columns = ${await columnsOf(connection, expectedSql)}, nullstr = '', allow_quoted_nulls = false)`,
    );
    await connection.run(`CREATE TABLE expected AS ${expectedSql}`);
    const reader = await connection.runAndReadAll(
      `SELECT (SELECT count(*) FROM exported)::INTEGER, (SELECT count(*) FROM (FROM exported EXCEPT ALL FROM expected))::INTEGER + (SELECT count(*) FROM (FROM expected EXCEPT ALL FROM exported))::INTEGER`,
    );
    const [rows, differing] = reader.getRows()[0] as [number, number];
    return { rows, differing };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function columnsOf(connection: Awaited<ReturnType<DuckDBInstance['connect']>>, sql: string): Promise<string> {
  const described = await connection.runAndReadAll(`DESCRIBE ${sql}`);
  return `{${described.getRows().map(([name]) => `'${String(name)}': 'VARCHAR'`).join(', ')}}`;
}
