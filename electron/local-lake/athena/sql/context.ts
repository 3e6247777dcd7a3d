/** A table or view as the catalog has it. Types are Hive's, as Glue stores them. */
export interface CatalogTable {
  kind: 'table' | 'view';
  columns: { name: string; type: string }[];
  partitionKeys: { name: string; type: string }[];
  /** The Trino query of a view. */
  viewSql?: string;
}

export interface TranslateContext {
  /** The catalog and database that unqualified names are looked up in, e.g. `awsdatacatalog` and `default`. */
  catalog: string;
  database?: string;
  tables: { table(catalog: string, database: string, name: string): Promise<CatalogTable | undefined> };
  /** What `EXECUTE … USING` gave, as SQL expressions, in the order of the question marks. */
  parameters?: string[];
}

/** One use of a table in a query. The caller creates a view `relation` over the table's objects before it runs the SQL. */
export interface TableRead {
  catalog: string;
  database: string;
  table: string;
  /** The DuckDB relation that the SQL refers to, e.g. `__t0`. */
  relation: string;
  /** The columns the SQL uses (lower case, partition columns included), in the order of the table. */
  columns: string[] | 'all';
  /** A DuckDB condition over the table's partition columns alone: partitions that fail it need not be read. */
  partitionPredicate?: string;
  /** True when the relation must have a column `"$path"` (varchar): the object a row came from, as `s3://bucket/key`. */
  usesPath: boolean;
}

export interface Translated {
  /** A DuckDB query. Values of types DuckDB lacks are encoded: see `render.ts`, which turns them into Athena's text. */
  duckdb: string;
  /** The result columns with their Trino types, e.g. `bigint`, `array(varchar)`, `timestamp(3)`. */
  columns: { name: string; type: string }[];
  reads: TableRead[];
}
