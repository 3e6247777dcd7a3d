/** The statements of Athena, as far as they are not queries. Offsets are in UTF-16 units of the statement's text. */
export interface Name {
  name: string;
  start: number;
  end: number;
  line: number;
  column: number;
}

/** `[catalog.][database.]name`, as written; unquoted parts in lower case. */
export interface QualifiedName {
  parts: Name[];
}

export interface ColumnDefinition {
  name: string;
  /** The Hive type in Glue's spelling, e.g. `struct<a:int,b:array<string>>`. */
  type: string;
  comment?: string;
  line: number;
  column: number;
}

/** SQL inside a statement. `sql` is padded with white space so that positions in it are those of the whole statement. */
export interface InnerSql {
  sql: string;
  start: number;
  end: number;
}

export type PropertyValue = string | number | boolean | PropertyValue[];

export interface PartitionValue {
  column: string;
  operator: '=' | '<>' | '<' | '<=' | '>' | '>=';
  /** The value as text, unescaped; a number as written. */
  value: string;
}

export interface DelimitedFormat {
  fields?: string;
  escaped?: string;
  collectionItems?: string;
  mapKeys?: string;
  lines?: string;
  nullDefinedAs?: string;
}

export interface CreateTable {
  kind: 'createTable';
  external: boolean;
  name: QualifiedName;
  ifNotExists: boolean;
  columns: ColumnDefinition[];
  comment?: string;
  /** Hive's partition columns. */
  partitionKeys: ColumnDefinition[];
  /** Iceberg's partition transforms, as written, e.g. `bucket(16, id)`. */
  partitionTransforms: string[];
  clusteredBy?: { columns: string[]; sortedBy: string[]; buckets: number };
  delimited?: DelimitedFormat;
  serde?: { library: string; properties: Record<string, string> };
  storedAs?: { format: string } | { inputFormat: string; outputFormat: string };
  location?: string;
  properties: Record<string, string>;
}

export type AlterAction =
  | { type: 'addPartitions'; ifNotExists: boolean; partitions: { values: PartitionValue[]; location?: string }[] }
  | { type: 'dropPartitions'; ifExists: boolean; partitions: PartitionValue[][] }
  | { type: 'renamePartition'; from: PartitionValue[]; to: PartitionValue[] }
  | { type: 'setLocation'; partition?: PartitionValue[]; location: string }
  | { type: 'setProperties'; properties: Record<string, string> }
  | { type: 'addColumns' | 'replaceColumns'; partition?: PartitionValue[]; columns: ColumnDefinition[] }
  | { type: 'changeColumn'; from: string; to: ColumnDefinition; position?: 'first' | { after: string } }
  | { type: 'dropColumn'; column: string }
  | { type: 'renameTable'; to: QualifiedName };

export type DdlStatement =
  | { kind: 'createDatabase'; name: QualifiedName; ifNotExists: boolean; comment?: string; location?: string; properties: Record<string, string> }
  | { kind: 'dropDatabase'; name: QualifiedName; ifExists: boolean; cascade: boolean }
  | CreateTable
  | { kind: 'createTableAs'; name: QualifiedName; ifNotExists: boolean; properties: Record<string, PropertyValue>; query: InnerSql; withData: boolean }
  | { kind: 'createView'; name: QualifiedName; orReplace: boolean; query: InnerSql }
  | { kind: 'dropTable' | 'dropView'; name: QualifiedName; ifExists: boolean }
  | { kind: 'alterTable'; name: QualifiedName; action: AlterAction }
  | { kind: 'msckRepair'; name: QualifiedName }
  | { kind: 'insert'; name: QualifiedName; columns?: string[]; query: InnerSql }
  | { kind: 'unload'; query: InnerSql; to: string; properties: Record<string, PropertyValue> }
  | { kind: 'showDatabases'; like?: string; catalog?: string }
  | { kind: 'showTables' | 'showViews'; database?: QualifiedName; like?: string }
  | { kind: 'showColumns' | 'showCreateTable' | 'showCreateView'; name: QualifiedName }
  | { kind: 'showPartitions'; name: QualifiedName; values: PartitionValue[] }
  | { kind: 'showProperties'; name: QualifiedName; property?: string }
  | { kind: 'describe'; name: QualifiedName; extended: boolean; formatted: boolean; partition?: PartitionValue[]; column?: string }
  | { kind: 'explain'; analyze: boolean; options: Record<string, string>; statement: InnerSql }
  | { kind: 'prepare'; name: string; statement: InnerSql }
  | { kind: 'execute'; name: string; parameters: string[] }
  | { kind: 'deallocate'; name: string }
  | { kind: 'optimize' | 'vacuum' | 'merge' | 'update' | 'delete'; name: QualifiedName };

/** A parsed statement: a query (see `shared/sql/query`) or one of the above. */
export type Statement = { kind: 'query' } | DdlStatement;
