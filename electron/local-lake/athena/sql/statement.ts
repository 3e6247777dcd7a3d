import type { Expr, Query } from '../../../../shared/sql/query/ast.ts';
import type { CatalogTable, TableRead } from './context.ts';
import type { TrinoType } from '../../../../shared/sql/hiveTypes.ts';

export interface QueryResult {
  duckdb: string;
  /** The columns as the SQL names them (`c0`, `c1`, …); `name` is Trino's. */
  columns: { name?: string; sql: string; type: TrinoType }[];
}

/** A read while the query is being translated: which columns are used comes out by and by. */
export interface OpenRead extends TableRead {
  used: Set<string>;
}

/** What is one for a whole statement. */
export interface Statement {
  readonly catalog: string;
  readonly database?: string;
  readonly parameters: Expr[];
  /** The instant the query began: one for the whole statement, as in Trino. A DuckDB TIMESTAMP in UTC. */
  readonly now: string;
  readonly reads: OpenRead[];
  /** A table or view that was looked up before translation began. */
  table(catalog: string, database: string, name: string): CatalogTable | undefined;
  alias(prefix: string): string;
}

/** A query of a WITH clause, ready to be put where its name stands. */
export interface NamedResult {
  query: Query;
  columns?: string[];
  /** The named queries it may itself refer to. */
  named: Map<string, NamedResult>;
}
