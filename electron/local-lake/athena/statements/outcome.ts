import type { Statement } from '../../../../shared/sql/ddl/ast.ts';
import type { AthenaContext } from '../context.ts';
import type { ResultColumn } from '../executions/record.ts';

/** One statement on its way: what it may use, and where its measures go. */
export interface StatementRun {
  context: AthenaContext;
  id: string;
  /** The database that unqualified names are looked up in. */
  database: string;
  /** `s3://…/` ending in a slash. */
  outputLocation: string;
  workGroup: string;
  signal: AbortSignal;
  /** EXECUTE's or ExecutionParameters' values. */
  parameters?: string[];
  measures: Measures;
}
export interface Measures {
  bytesScanned: number;
  planningMs: number;
  engineMs: number;
}

/** What a statement leaves behind. */
export type Outcome =
  /** A file in the engine's work folder with the rows of a query. */
  | { kind: 'rows'; file: string; columns: ResultColumn[]; rows: number }
  /** Few lines of text; `cells` are tab-separated on each. */
  | { kind: 'text'; columns: ResultColumn[]; lines: string[][] }
  /** Rows written to a table or to S3: the objects written. */
  | { kind: 'written'; rows: number; objects: string[]; location?: string };

/** A statement that leaves its effect and no lines. */
export const nothing: Outcome = { kind: 'text', columns: [], lines: [] };

const SUBSTATEMENTS: Record<Statement['kind'], string> = {
  query: 'SELECT',
  createDatabase: 'CREATE_DATABASE',
  dropDatabase: 'DROP_DATABASE',
  createTable: 'CREATE_TABLE',
  createTableAs: 'CREATE_TABLE_AS_SELECT',
  createView: 'CREATE_VIEW',
  dropTable: 'DROP_TABLE',
  dropView: 'DROP_VIEW',
  alterTable: 'ALTER_TABLE',
  msckRepair: 'MSCK_REPAIR_TABLE',
  insert: 'INSERT',
  unload: 'UNLOAD',
  showDatabases: 'SHOW_DATABASES',
  showTables: 'SHOW_TABLES',
  showViews: 'SHOW_VIEWS',
  showColumns: 'SHOW_COLUMNS',
  showCreateTable: 'SHOW_CREATE_TABLE',
  showCreateView: 'SHOW_CREATE_VIEW',
  showPartitions: 'SHOW_PARTITIONS',
  showProperties: 'SHOW_TBLPROPERTIES',
  describe: 'DESCRIBE_TABLE',
  explain: 'EXPLAIN',
  prepare: 'PREPARE',
  execute: 'EXECUTE',
  deallocate: 'DEALLOCATE',
  optimize: 'OPTIMIZE',
  vacuum: 'VACUUM',
  merge: 'MERGE',
  update: 'UPDATE',
  delete: 'DELETE',
};
export const substatementType = (kind: Statement['kind']): string => SUBSTATEMENTS[kind];
