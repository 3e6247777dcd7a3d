import type { Dirent } from 'node:fs';
import { lstat, opendir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import { compareKeys } from '../../listing/keyOrder.ts';
import { localError } from '../localError.ts';
import type { FileRecord } from '../records.ts';
import { isHiddenName } from './hidden.ts';

const MAX_KEY = 1024;

export interface ScanOptions {
  /** Empty folders come too, as records whose key ends in a slash. */
  folders?: boolean;
}

/**
 * The files a chosen path stands for, in the order of their keys, as records ready to be journalled; a folder's own name
 * becomes part of the keys. Hidden files are marked. A symbolic link inside a folder is followed only to a regular file
 * inside it, so nothing goes round in circles; other links come as skipped records. What cannot be uploaded (devices,
 * unreadable folders, keys over 1,024 bytes) comes as a failed record. Both say why.
 *
 * NotFound where the path itself is not there.
 */
export async function* scanPath(chosen: string, prefix: string, options: ScanOptions = {}): AsyncGenerator<FileRecord> {
  let root: string;
  let rootIsFolder: boolean;
  try {
    root = await realpath(chosen); // the user pointed at it: a link named directly is followed
    rootIsFolder = (await stat(root)).isDirectory();
  } catch (error) {
    throw localError(error, chosen, 'read');
  }
  const name = path.basename(path.resolve(chosen));
  if (rootIsFolder) yield* scanFolder(root, root, `${prefix}${name}/`, options);
  else yield await fileRecord(root, prefix + name);
}

/** The files of `folder`, which is `root` or inside it; `prefix` takes its place in the keys. See `scanPath`. */
export async function* scanFolder(root: string, folder: string, prefix: string, options: ScanOptions = {}, inHidden = false): AsyncGenerator<FileRecord> {
  const { names, odd, error } = await namesIn(folder);
  if (error) yield failed(folder, prefix, error);
  else if (options.folders && names.every(isHidden)) yield { ...folderRecord(folder, prefix), ...(inHidden && { hidden: true }), ...(names.length > 0 && { bare: true }) };
  for (const name of names) {
    const hidden = inHidden || isHidden(name);
    if (name.endsWith('/')) {
      yield* scanFolder(root, path.join(folder, name), prefix + name, options, hidden);
      continue;
    }
    const entry = odd.get(name);
    const at = path.join(folder, name);
    const found = entry ? await oddRecord(root, at, prefix + name, entry) : await fileRecord(at, prefix + name);
    yield hidden ? { ...found, hidden } : found;
  }
}

const isHidden = (name: string): boolean => isHiddenName(name.replace(/\/$/, ''));

/** Names in a folder in the order of keys, folders with a slash; `odd` has those that are neither file nor folder. */
async function namesIn(folder: string): Promise<{ names: string[]; odd: Map<string, Dirent>; error?: AppError }> {
  const names: string[] = [];
  const odd = new Map<string, Dirent>();
  let error: AppError | undefined;
  try {
    for await (const entry of await opendir(folder, { bufferSize: 256 })) {
      names.push(entry.isDirectory() ? `${entry.name}/` : entry.name);
      if (!entry.isDirectory() && !entry.isFile()) odd.set(entry.name, entry);
    }
  } catch (thrown) {
    error = localError(thrown, folder, 'read');
  }
  return { names: names.sort(compareKeys), odd, ...(error && { error }) };
}

async function oddRecord(root: string, at: string, key: string, entry: Dirent): Promise<FileRecord> {
  if (!entry.isSymbolicLink()) return failed(at, key, new AppError('BadInput', `${at} is not a regular file.`, { detail: 'Pipes, sockets and devices cannot be uploaded.', resource: at }));
  try {
    const target = await realpath(at);
    if (target.startsWith(root + path.sep) && (await stat(target)).isFile()) return await fileRecord(target, key);
    return leftOut(at, key, `It leads to ${target}, which is a folder or outside ${root}. Upload that itself if it is wanted.`);
  } catch (error) {
    return leftOut(at, key, localError(error, at, 'read').message);
  }
}

async function fileRecord(at: string, key: string): Promise<FileRecord> {
  if (Buffer.byteLength(key) > MAX_KEY) return failed(at, key, tooLong(at));
  try {
    const { size, mtimeMs } = await lstat(at);
    return { state: 'pending', key, size, mtimeMs, path: at };
  } catch (error) {
    return failed(at, key, localError(error, at, 'read'));
  }
}

const folderRecord = (at: string, key: string): FileRecord => (Buffer.byteLength(key) > MAX_KEY ? failed(at, key, tooLong(at)) : { state: 'pending', key, size: 0, path: at });

export const tooLong = (at: string): AppError =>
  new AppError('BadInput', `The key for ${at} would be longer than ${MAX_KEY} bytes.`, { detail: 'Upload it under a shorter prefix, or shorten its path.', resource: at });

const failed = (at: string, key: string, error: AppError): FileRecord => ({ state: 'failed', key, size: 0, path: at, error: error.toData() });

/** A link that is not followed. */
const leftOut = (at: string, key: string, detail: string): FileRecord => ({
  state: 'skipped',
  key,
  size: 0,
  path: at,
  error: new AppError('BadInput', `${at} is a link that is not followed.`, { detail, resource: at }).toData(),
});
