import type { CatalogTable } from './context.ts';

const table = (columns: [string, string][]): CatalogTable => ({ kind: 'table', columns: columns.map(([name, type]) => ({ name, type })), partitionKeys: [] });

/** The tables of INFORMATION_SCHEMA that Athena answers, with their columns. */
export const informationSchema: Record<string, CatalogTable | undefined> = {
  schemata: table([['catalog_name', 'string'], ['schema_name', 'string']]),
  tables: table([['table_catalog', 'string'], ['table_schema', 'string'], ['table_name', 'string'], ['table_type', 'string']]),
  columns: table([
    ['table_catalog', 'string'], ['table_schema', 'string'], ['table_name', 'string'], ['column_name', 'string'], ['ordinal_position', 'bigint'],
    ['column_default', 'string'], ['is_nullable', 'string'], ['data_type', 'string'],
  ]),
  views: table([['table_catalog', 'string'], ['table_schema', 'string'], ['table_name', 'string'], ['view_definition', 'string']]),
};
