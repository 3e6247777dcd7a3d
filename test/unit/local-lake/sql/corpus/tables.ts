import type { DuckDBConnection } from '@duckdb/node-api';
import type { CatalogTable, TableRead, TranslateContext } from '../../../../../electron/local-lake/athena/sql/index.ts';

interface TestTable extends CatalogTable {
  /** DuckDB's rows, as `VALUES`, of all columns and partition keys. */
  rows: string;
}

const column = (name: string, type: string): { name: string; type: string } => ({ name, type });

const tables: Record<string, TestTable> = {
  'default.orders': {
    kind: 'table',
    columns: [column('id', 'bigint'), column('customer', 'string'), column('amount', 'decimal(10,2)'), column('ordered', 'date'), column('items', 'array<string>'), column('extra', 'map<string,int>'), column('address', 'struct<city:string,zip:int>')],
    partitionKeys: [column('month', 'int')],
    rows: `(1::BIGINT, 'ann', 10.50::DECIMAL(10,2), DATE '2024-01-05', ['pen','ink'], MAP{'a':1}, {'city':'Rome','zip':100}, 1::INTEGER),
      (2, 'bob', 20.00, DATE '2024-01-06', ['pad'], MAP{'b':2,'c':3}, {'city':'Oslo','zip':200}, 1),
      (3, 'ann', NULL, DATE '2024-02-01', [], MAP([]::VARCHAR[],[]::INTEGER[]), NULL, 2),
      (4, NULL, 5.25, NULL, NULL, NULL, {'city':NULL,'zip':300}, 2)`,
  },
  'default.customers': {
    kind: 'table',
    columns: [column('name', 'string'), column('country', 'string'), column('score', 'double'), column('n', 'int'), column('seen', 'timestamp')],
    partitionKeys: [],
    rows: `('ann', 'IT', 1.5::DOUBLE, 3::INTEGER, TIMESTAMP '2024-01-01 10:00:00'), ('bob', 'NO', 2.5, 4, TIMESTAMP '2024-01-02 11:30:00'), ('cat', NULL, NULL, NULL, NULL)`,
  },
  'information_schema.schemata': { kind: 'table', columns: [column('catalog_name', 'string'), column('schema_name', 'string')], partitionKeys: [], rows: `('awsdatacatalog', 'default')` },
};

const views: Record<string, CatalogTable> = {
  'default.big_orders': { kind: 'view', columns: [], partitionKeys: [], viewSql: 'SELECT id, amount FROM orders WHERE amount > 6' },
};

export const catalog: TranslateContext['tables'] = {
  table: (_catalog, database, name) => Promise.resolve(tables[`${database}.${name}`] ?? views[`${database}.${name}`]),
};

/** Creates what a translated query reads, as the engine does. */
export async function createTables(connection: DuckDBConnection, reads: TableRead[]): Promise<void> {
  for (const read of reads) {
    const table = tables[`${read.database}.${read.table}`]!;
    const names = [...table.columns, ...table.partitionKeys].map((one) => `"${one.name}"`).join(', ');
    const path = read.usesPath ? `, 's3://lake/${read.table}/month=' || month || '/data' AS "$path"` : '';
    await connection.run(`CREATE OR REPLACE TEMP VIEW ${read.relation} AS SELECT ${read.columns.length > 0 ? (read.columns as string[]).map((one) => `"${one}"`).join(', ') : '1 AS one'}${path} FROM (VALUES ${table.rows}) AS v(${names})${read.partitionPredicate ? ` WHERE ${read.partitionPredicate}` : ''}`);
  }
}
