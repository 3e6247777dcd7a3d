import { parseHiveType, printTrinoType } from '../../../../shared/sql/hiveTypes.ts';
import type { Catalog, GlueTable } from '../../glue/index.ts';
import { DATA_CATALOG } from '../context.ts';
import { QueryFailure } from '../errors.ts';
import { identifier, literal } from '../format/literals.ts';
import type { TableRead } from '../sql/index.ts';
import { decodeView } from './views.ts';

type Value = string | number | null;
interface Shape {
  columns: [name: string, duckdbType: string][];
  rows(catalog: Catalog): AsyncIterable<Value[]>;
}
const CATALOG = DATA_CATALOG.toLowerCase();
const ROWS_AT_ONCE = 500;

const SHAPES: Record<string, Shape> = {
  schemata: {
    columns: [['catalog_name', 'VARCHAR'], ['schema_name', 'VARCHAR']],
    async *rows(catalog) {
      yield [CATALOG, 'information_schema'];
      let token: string | undefined;
      do {
        const page = await catalog.databases.list({ token });
        for (const { Name } of page.items) yield [CATALOG, Name];
        token = page.nextToken;
      } while (token !== undefined);
    },
  },
  tables: {
    columns: [['table_catalog', 'VARCHAR'], ['table_schema', 'VARCHAR'], ['table_name', 'VARCHAR'], ['table_type', 'VARCHAR']],
    async *rows(catalog) {
      for await (const [, table] of catalog.tables.all()) yield [CATALOG, table.DatabaseName, table.Name, isView(table) ? 'VIEW' : 'BASE TABLE'];
    },
  },
  views: {
    columns: [['table_catalog', 'VARCHAR'], ['table_schema', 'VARCHAR'], ['table_name', 'VARCHAR'], ['view_definition', 'VARCHAR']],
    async *rows(catalog) {
      for await (const [, table] of catalog.tables.all()) if (isView(table)) yield [CATALOG, table.DatabaseName, table.Name, decodeView(table)];
    },
  },
  columns: {
    columns: [
      ['table_catalog', 'VARCHAR'], ['table_schema', 'VARCHAR'], ['table_name', 'VARCHAR'], ['column_name', 'VARCHAR'],
      ['ordinal_position', 'BIGINT'], ['column_default', 'VARCHAR'], ['is_nullable', 'VARCHAR'], ['data_type', 'VARCHAR'],
    ],
    async *rows(catalog) {
      for await (const [, table] of catalog.tables.all()) {
        const columns = [...(table.StorageDescriptor?.Columns ?? []), ...(table.PartitionKeys ?? [])];
        for (const [i, { Name, Type = 'string' }] of columns.entries()) yield [CATALOG, table.DatabaseName, table.Name, Name, i + 1, null, 'YES', trinoName(Type)];
      }
    },
  },
};

/** The statements that make one of INFORMATION_SCHEMA's tables, as the catalog is now. */
export async function informationSchemaRelation(catalog: Catalog, read: Pick<TableRead, 'table' | 'relation'>): Promise<string[]> {
  const shape = SHAPES[read.table];
  if (!shape) throw new QueryFailure('TABLE_NOT_FOUND', `Table '${CATALOG}.information_schema.${read.table}' does not exist`);
  const relation = identifier(read.relation);
  const statements = [`CREATE TEMP TABLE ${relation} (${shape.columns.map(([name, type]) => `${identifier(name)} ${type}`).join(', ')})`];
  let rows: string[] = [];
  const flush = () => {
    if (rows.length > 0) statements.push(`INSERT INTO ${relation} VALUES ${rows.join(', ')}`);
    rows = [];
  };
  for await (const row of shape.rows(catalog)) {
    rows.push(`(${row.map((value) => (value === null ? 'NULL' : typeof value === 'number' ? value : literal(value))).join(', ')})`);
    if (rows.length === ROWS_AT_ONCE) flush();
  }
  flush();
  return statements;
}

const isView = (table: GlueTable) => table.TableType === 'VIRTUAL_VIEW';

/** The catalog may hold types Athena cannot read; those are shown as they are written. */
function trinoName(type: string): string {
  try {
    return printTrinoType(parseHiveType(type));
  } catch {
    return type;
  }
}
