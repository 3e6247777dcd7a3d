import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { AwsConnections } from '../../aws/types.ts';
import { listSplit } from '../../listing/listSplit.ts';
import { readPage } from '../../listing/readPage.ts';
import { s3Uri } from '../../services/s3/keys.ts';
import { keyOfPath } from '../download/names.ts';
import { localError } from '../localError.ts';
import { archiveInListing } from '../tiering/archiveState.ts';
import { scanFolder } from '../upload/scan.ts';
import type { BucketPlace, Entry, FolderPlace } from './types.ts';

/** Unfinished downloads of Secchi. */
const UNFINISHED = /(^|\/)\.secchi-[^/]*\.part$/;
const BATCH = 100;

/**
 * Objects below a prefix, a page at a time, in the order of their keys. `markers`: with the empty objects that stand for
 * folders, as what they are or (`folders`) as folders.
 */
export async function* objectsOf(aws: AwsConnections, { connectionId, bucket, prefix }: BucketPlace, { markers, signal }: { markers: 'none' | 'objects' | 'folders'; signal: AbortSignal }): AsyncGenerator<Entry[]> {
  const about = { connectionId, action: 's3:ListBucket', resource: s3Uri(bucket, prefix) };
  const pages = listSplit({ prefix, ordered: true, signal, read: (start, abort) => aws.attempt(about, ({ s3 }) => readPage(s3, { bucket, prefix, restores: true, ...start }, abort)) });
  for await (const { keys, sizes, modified, etags, storageClasses, restores } of pages) {
    yield keys.flatMap((key, at): Entry[] => {
      const [size, storageClass] = [sizes[at]!, storageClasses[at]!];
      const marker = size === 0 && key.endsWith('/');
      if (key === prefix || (marker && markers === 'none')) return [];
      return [{ key: key.slice(prefix.length), size, modified: modified[at]!, etag: etags[at]!, storageClass, archive: archiveInListing(storageClass, restores?.[at]).state, ...(marker && markers === 'folders' && { folder: true }) }];
    });
  }
}

/**
 * Files of a folder, and empty folders in it where these are wanted, in no order. As a source their keys are their paths; as a target (`written`) what `pathOfKey` made
 * of keys is read back. NotFound, BadInput where the folder is not there.
 */
export async function* filesOfFolder({ path: folder }: FolderPlace, { written, folders, hidden, signal }: { written: boolean; folders: boolean; hidden: boolean; signal: AbortSignal }): AsyncGenerator<Entry[]> {
  const root = await realpath(folder).catch((error: unknown) => {
    throw localError(error, folder, 'read');
  });
  if (!(await stat(root)).isDirectory()) throw new AppError('BadInput', `${folder} is not a folder.`, { resource: folder });
  let batch: Entry[] = [];
  for await (const { key: at, size, mtimeMs = 0, path: real, error, bare } of scanFolder(root, root, '', { folders })) {
    if (signal.aborted) return;
    if (at === '' && !error) continue; // the folder itself is empty
    if (at === '') throw new AppError('AccessDenied', `${folder} cannot be read.`, { detail: error?.message, resource: folder });
    if (UNFINISHED.test(at)) continue;
    if (at.endsWith('/') && !error) {
      // One with nothing but hidden files is empty where these are left out.
      if (!(bare && hidden)) batch.push({ key: written ? `${keyOfPath(at.slice(0, -1))}/` : at, size: 0, modified: 0, path: at, folder: true });
      continue;
    }
    // What a link leads to is no file to write over.
    const link = !error && real !== path.join(root, ...at.split('/'));
    const problem = link && written ? new AppError('BadInput', `${path.join(root, at)} is a symbolic link, which is not written over.`, { resource: at }).toData() : error;
    batch.push({ key: written && !at.endsWith('/') ? keyOfPath(at) : at, size, modified: mtimeMs, path: at, ...(link && { real }), ...(problem && { problem }) });
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}
