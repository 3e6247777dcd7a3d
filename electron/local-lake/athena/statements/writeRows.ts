import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { ObjectStoreError } from '../../objects/records.ts';
import type { OutputColumn } from '../engine/protocol.ts';
import { QueryFailure } from '../errors.ts';
import { parseS3Location, withSlash } from '../s3Location.ts';
import type { WriteFormat } from '../tables/writeFormat.ts';
import { removeFolder, writtenFiles } from './dataFiles.ts';
import { partitionPath } from './ddl/partitions.ts';
import type { StatementRun } from './outcome.ts';
import { execute, type QueryText } from './query.ts';

export interface WrittenRows {
  columns: OutputColumn[];
  rows: number;
  /** `s3://bucket/key` of every object written. */
  objects: string[];
  /** The partitions they belong to. */
  partitions: string[][];
}

/** Runs a query and stores its rows as objects below a location, in Hive's folders where partitioned. */
export async function writeRows(run: StatementRun, query: QueryText, target: { location: string; format: WriteFormat; partitionBy: string[] }): Promise<WrittenRows> {
  const { objects, engine } = run.context;
  const at = parseS3Location(target.location);
  if (!at) throw new QueryFailure('INVALID_TABLE_PROPERTY', `The location must be an s3:// address: ${target.location}`);
  const { format, partitionBy } = target;
  const folder = path.join(engine.workDir, randomUUID());
  const written: string[] = [];
  try {
    const result = await execute(run, query, { kind: 'data', folder, copyOptions: format.copyOptions, partitionBy, extension: format.extension, encoding: format.encoding });
    const partitions = new Map<string, string[]>();
    if (result.rows > 0) {
      for (const { file, values } of await writtenFiles(folder)) {
        run.signal.throwIfAborted();
        const folderKey = `${withSlash(at.key)}${values.length === 0 ? '' : `${partitionPath(partitionBy, values)}/`}`;
        const key = `${folderKey}${run.id}_${randomUUID()}.${format.extension}`;
        await objects.putFile(at.bucket, key, file, { contentType: format.contentType });
        written.push(key);
        if (values.length > 0) partitions.set(JSON.stringify(values), values);
      }
    }
    return { columns: result.columns, rows: result.rows, objects: written.map((key) => `s3://${at.bucket}/${key}`), partitions: [...partitions.values()] };
  } catch (error) {
    // What a failed statement wrote belongs to no table.
    for (const key of written) await objects.delete(at.bucket, key);
    if (error instanceof ObjectStoreError) throw new QueryFailure('HIVE_WRITER_OPEN_ERROR', `${error.message}: ${target.location}`);
    throw error;
  } finally {
    await removeFolder(folder);
  }
}

/** Athena writes only where nothing is yet. */
export async function requireEmpty(run: StatementRun, location: string, what: string): Promise<void> {
  const at = parseS3Location(location);
  if (!at) throw new QueryFailure('INVALID_TABLE_PROPERTY', `The location must be an s3:// address: ${location}`);
  try {
    const { entries } = await run.context.objects.list(at.bucket, { prefix: withSlash(at.key), limit: 1 });
    if (entries.length === 0) return;
  } catch (error) {
    if (error instanceof ObjectStoreError) throw new QueryFailure('HIVE_FILESYSTEM_ERROR', `${error.message}: ${location}`);
    throw error;
  }
  throw new QueryFailure('HIVE_PATH_ALREADY_EXISTS', `Target directory for ${what} already exists: ${location}. Choose a location with no objects, or delete those that are there.`);
}
