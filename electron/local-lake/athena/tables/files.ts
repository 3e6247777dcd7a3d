import type { ObjectRecord } from '../../objects/records.ts';
import type { ObjectStore } from '../../objects/objectStore.ts';
import { ObjectStoreError } from '../../objects/records.ts';
import { QueryFailure } from '../errors.ts';
import { parseS3Location, withSlash } from '../s3Location.ts';

/** One object of a table as a query reads it. */
export interface DataFile {
  /** The blob on disk. */
  path: string;
  /** `s3://bucket/key`. */
  uri: string;
  key: string;
  /** Bytes. */
  size: number;
}

const PAGE = 1000;

/** The data objects below a location, as Hive sees them: names that begin with `_` or `.` are hidden, empty ones hold nothing. */
export async function listDataFiles(objects: ObjectStore, location: string | undefined): Promise<DataFile[]> {
  const at = parseS3Location(location);
  if (!at) throw new QueryFailure('HIVE_INVALID_METADATA', `The table location ${location ?? '(none)'} is not an s3:// address.`);
  const prefix = withSlash(at.key);
  const files: DataFile[] = [];
  let startAfter: string | undefined;
  do {
    const page = await listPage(objects, at.bucket, { prefix, startAfter, limit: PAGE });
    for (const entry of page.entries) {
      if ('object' in entry && isData(entry.object, prefix)) files.push(await toFile(objects, at.bucket, entry.object));
    }
    startAfter = page.truncated ? page.next : undefined;
  } while (startAfter !== undefined);
  return files;
}

async function listPage(objects: ObjectStore, bucket: string, options: Parameters<ObjectStore['list']>[1]) {
  try {
    return await objects.list(bucket, options);
  } catch (error) {
    if (error instanceof ObjectStoreError && error.code === 'NoSuchBucket') {
      throw new QueryFailure('HIVE_METASTORE_ERROR', `The specified bucket does not exist: s3://${bucket}/${options.prefix ?? ''}`);
    }
    throw error;
  }
}

function isData({ key, size }: ObjectRecord, prefix: string): boolean {
  return size > 0 && !key.endsWith('/') && !key.slice(prefix.length).split('/').some((part) => part.startsWith('_') || part.startsWith('.'));
}

const toFile = async (objects: ObjectStore, bucket: string, record: ObjectRecord): Promise<DataFile> => ({
  path: await objects.file(record),
  uri: `s3://${bucket}/${record.key}`,
  key: record.key,
  size: record.size,
});
