import type { Dirent } from 'node:fs';
import { lstat, opendir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import { localError } from '../localError.ts';
import type { FileRecord } from '../records.ts';

const MAX_KEY = 1024;

/**
 * The files a chosen path stands for, as records ready to be journalled; a folder's own name becomes part of the keys.
 * Hidden files are included. Symbolic links inside a folder are followed only to regular files inside it; what cannot
 * be uploaded (other links, devices, unreadable folders, keys over 1,024 bytes) comes as a failed record saying why.
 *
 * NotFound where the path itself is not there.
 */
export async function* scanPath(chosen: string, prefix: string): AsyncGenerator<FileRecord> {
  let root: string;
  let rootIsFolder: boolean;
  try {
    root = await realpath(chosen); // the user pointed at it: a link named directly is followed
    rootIsFolder = (await stat(root)).isDirectory();
  } catch (error) {
    throw localError(error, chosen, 'read');
  }
  const name = path.basename(path.resolve(chosen));
  if (rootIsFolder) yield* scanFolder(root, root, `${prefix}${name}/`);
  else yield await fileRecord(root, prefix + name);
}

/** The files of `folder`, which is `root` or inside it; `prefix` takes its place in the keys. See `scanPath`. */
export async function* scanFolder(root: string, folder: string, prefix: string): AsyncGenerator<FileRecord> {
  const folders: string[] = [];
  try {
    for await (const entry of await opendir(folder, { bufferSize: 256 })) {
      if (entry.isDirectory()) folders.push(entry.name);
      else yield await record(root, path.join(folder, entry.name), prefix + entry.name, entry);
    }
  } catch (error) {
    yield failed(folder, prefix, localError(error, folder, 'read'));
  }
  for (const name of folders.sort()) yield* scanFolder(root, path.join(folder, name), `${prefix}${name}/`);
}

async function record(root: string, at: string, key: string, entry: Dirent): Promise<FileRecord> {
  if (entry.isFile()) return fileRecord(at, key);
  if (!entry.isSymbolicLink()) return failed(at, key, new AppError('BadInput', `${at} is not a regular file.`, { detail: 'Pipes, sockets and devices cannot be uploaded.', resource: at }));
  try {
    const target = await realpath(at);
    if (target.startsWith(root + path.sep) && (await stat(target)).isFile()) return await fileRecord(target, key);
    return failed(at, key, new AppError('BadInput', `${at} is a link that is not followed.`, { detail: `It leads to ${target}, which is a folder or outside ${root}. Upload that itself if it is wanted.`, resource: at }));
  } catch (error) {
    return failed(at, key, localError(error, at, 'read'));
  }
}

async function fileRecord(at: string, key: string): Promise<FileRecord> {
  if (Buffer.byteLength(key) > MAX_KEY) {
    return failed(at, key, new AppError('BadInput', `The key for ${at} would be longer than ${MAX_KEY} bytes.`, { detail: 'Upload it under a shorter prefix, or shorten its path.', resource: at }));
  }
  try {
    const { size, mtimeMs } = await lstat(at);
    return { state: 'pending', key, size, mtimeMs, path: at };
  } catch (error) {
    return failed(at, key, localError(error, at, 'read'));
  }
}

const failed = (at: string, key: string, error: AppError): FileRecord => ({ state: 'failed', key, size: 0, path: at, error: error.toData() });
