import { parseHiveType, type TrinoType } from '../../../../shared/sql/hiveTypes.ts';
import type { GlueTable, StorageDescriptor } from '../../glue/index.ts';
import { QueryFailure } from '../errors.ts';
import { identifier, literal } from '../format/literals.ts';
import type { JsonKeys } from '../engine/protocol.ts';
import { duckType } from '../sql/types.ts';
import type { DataFile } from './files.ts';
import { tableFormat } from './format.ts';
import { scan, type Compression } from './scan/scan.ts';

/** The files of one partition, or of an unpartitioned table (no values). */
export interface FileGroup {
  values: (string | null)[];
  descriptor: StorageDescriptor | undefined;
  files: DataFile[];
}
export interface RelationRequest {
  relation: string;
  table: GlueTable;
  /** Columns wanted, in the table's order; partition keys among them. */
  columns: string[];
  usesPath: boolean;
  groups: FileGroup[];
  /** The keys that JSON files really have; see scan/json.ts. */
  jsonKeys?: JsonKeys;
}
interface TypedColumn {
  name: string;
  type: TrinoType;
}

/** With more partitions than this they come from a join on the file's name instead of a UNION ALL. */
const MOST_BRANCHES = 64;

/** The statements that make `relation`: a view over the files with the table's columns, partition values and `$path`. */
export function relationStatements(request: RelationRequest): string[] {
  const { relation, table, groups, usesPath } = request;
  const wanted = new Set(request.columns);
  const keys = typed(table.PartitionKeys ?? []);
  const all = typed(table.StorageDescriptor?.Columns ?? []);
  const columns = all.filter(({ name }) => wanted.has(name));
  const wantedKeys = keys.map((key, index) => ({ ...key, index })).filter(({ name }) => wanted.has(name));
  const batches = groups.flatMap((group) => byCompression(group));
  const view = (sql: string) => `CREATE TEMP VIEW ${identifier(relation)} AS ${sql}`;
  if (batches.length === 0) return [view(emptySelect([...columns, ...wantedKeys], usesPath))];

  const scanned = (batch: Batch, filename: boolean) =>
    scan(tableFormat(table, batch.descriptor ?? table.StorageDescriptor), {
      files: batch.files.map(({ path }) => path),
      columns,
      allColumns: all,
      serde: { ...table.StorageDescriptor?.SerdeInfo?.Parameters, ...batch.descriptor?.SerdeInfo?.Parameters },
      table: table.Parameters ?? {},
      compression: batch.compression,
      filename,
      jsonKeys: request.jsonKeys,
    });
  const names = columns.map(({ name }) => identifier(name));

  // The path is a constant of each file, so that reading stops where a LIMIT is reached.
  const parts = usesPath ? batches.flatMap((batch) => batch.files.map((file) => ({ ...batch, files: [file] }))) : batches;
  if (parts.length <= MOST_BRANCHES) {
    const branches = parts.map((part) => {
      const constants = wantedKeys.map((key) => `${partitionValue(part.values[key.index] ?? null, key.type)} AS ${identifier(key.name)}`);
      const path = usesPath ? [`${literal(part.files[0]!.uri)} AS "$path"`] : [];
      return `SELECT ${listed([...names, ...constants, ...path])} FROM (${scanned(part, false)})`;
    });
    return [view(branches.join('\nUNION ALL\n'))];
  }

  const needsJoin = usesPath || wantedKeys.length > 0;
  const merged = mergeAlike(batches);
  const branches = merged.map((batch) => `SELECT * FROM (${scanned(batch, needsJoin)})`).join('\nUNION ALL\n');
  if (!needsJoin) return [view(branches)];
  const facts = `${relation}_files`;
  const values = wantedKeys.map((key) => `${identifier(key.name)} ${duckType(key.type)}`);
  const rows = batches.flatMap((batch) =>
    batch.files.map((file) => `(${[literal(file.path), literal(file.uri), ...wantedKeys.map((key) => partitionValue(batch.values[key.index] ?? null, key.type))].join(', ')})`),
  );
  const outer = listed([...names, ...wantedKeys.map(({ name }) => `f.${identifier(name)}`), ...(usesPath ? ['f.secchi_uri AS "$path"'] : [])]);
  return [
    `CREATE TEMP TABLE ${identifier(facts)} (${['filename VARCHAR', 'secchi_uri VARCHAR', ...values].join(', ')})`,
    ...chunks(rows, 1000).map((some) => `INSERT INTO ${identifier(facts)} VALUES ${some.join(', ')}`),
    view(`SELECT ${outer} FROM (${branches}) JOIN ${identifier(facts)} f USING (filename)`),
  ];
}

interface Batch extends FileGroup {
  compression: Compression;
}

/** Hive goes by the end of the name: `.gz` is gzip whatever the table says. */
function byCompression(group: FileGroup): Batch[] {
  const found = new Map<Compression, DataFile[]>();
  for (const file of group.files) {
    const compression = compressionOf(file.key);
    found.set(compression, [...(found.get(compression) ?? []), file]);
  }
  return [...found].map(([compression, files]) => ({ ...group, compression, files }));
}

export function compressionOf(key: string): Compression {
  if (/\.gz$/i.test(key)) return 'gzip';
  if (/\.zst$/i.test(key)) return 'zstd';
  const other = /\.(bz2|snappy|lzo|lz4|deflate)$/i.exec(key);
  if (other && !/parquet/i.test(key)) throw new QueryFailure('NOT_SUPPORTED', `The local lake does not read .${other[1]!.toLowerCase()} files (${key}); it reads gzip and zstd.`);
  return 'none';
}

/** Batches that are read alike become one. */
function mergeAlike(batches: Batch[]): Batch[] {
  const merged = new Map<string, Batch>();
  for (const batch of batches) {
    const like = JSON.stringify([batch.compression, batch.descriptor?.SerdeInfo]);
    const same = merged.get(like);
    if (same) same.files.push(...batch.files);
    else merged.set(like, { ...batch, files: [...batch.files] });
  }
  return [...merged.values()];
}

export const typed = (columns: { Name: string; Type?: string }[]): TypedColumn[] => columns.map(({ Name, Type = 'string' }) => ({ name: Name, type: parseHiveType(Type) }));

const partitionValue = (value: string | null, type: TrinoType) => `CAST(${value === null || value === '__HIVE_DEFAULT_PARTITION__' ? 'NULL' : literal(value)} AS ${duckType(type)})`;
const listed = (expressions: string[]) => (expressions.length === 0 ? '1 AS secchi_row' : expressions.join(', '));

function emptySelect(columns: TypedColumn[], usesPath: boolean): string {
  const nulls = columns.map(({ name, type }) => `CAST(NULL AS ${duckType(type)}) AS ${identifier(name)}`);
  return `SELECT ${listed([...nulls, ...(usesPath ? [`CAST(NULL AS VARCHAR) AS "$path"`] : [])])} WHERE false`;
}

function chunks<T>(all: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}
