import { randomBytes } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { access, lstat, mkdir, open, realpath, statfs, unlink } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import { localError } from '../localError.ts';
import type { NameRules } from './names.ts';

/** What the file system of a folder makes of names, found out with two short-lived empty files. */
export async function nameRulesOf(folder: string): Promise<NameRules> {
  const stem = path.join(folder, `.secchi-${randomBytes(4).toString('hex')}-`);
  const same = async (one: string, other: string) => {
    await (await open(stem + one, 'wx')).close();
    try {
      return await access(stem + other, constants.F_OK).then(
        () => true,
        () => false,
      );
    } finally {
      await unlink(stem + one);
    }
  };
  try {
    return { windows: process.platform === 'win32', caseInsensitive: await same('a', 'A'), normalises: await same('\u00e9', 'e\u0301') };
  } catch (error) {
    throw localError(error, folder, 'write');
  }
}

/**
 * The folder `segments` lead to below `root`, made where it is missing. Links on the way are never followed.
 * BadInput (a link is in the way), Conflict (a file is).
 */
export async function ensureFolder(root: string, segments: string[]): Promise<string> {
  let at = await realpath(root).catch((error: unknown) => {
    throw localError(error, root, 'write');
  });
  for (const segment of segments) {
    at = path.join(at, segment);
    const there = (await look(at)) ?? (await make(at));
    if (there.isSymbolicLink()) throw new AppError('BadInput', `${at} is a symbolic link, which is not followed.`, { detail: 'Remove it, or download to another folder.', resource: at });
    if (!there.isDirectory()) throw new AppError('Conflict', `${at} is a file; a folder is needed there.`, { detail: 'Move it away, or download to another folder.', resource: at });
  }
  return at;
}

/** What `ensureFolder` found, good for a second: thousands of files of one folder do not each look at it again. */
export class Folders {
  private readonly known = new Map<string, { at: number; folder: Promise<string> }>();

  ensure(root: string, segments: string[]): Promise<string> {
    const name = [root, ...segments].join('/');
    const found = this.known.get(name);
    if (found && Date.now() - found.at < 1000) return found.folder;
    if (this.known.size > 1000) this.known.clear();
    const folder = ensureFolder(root, segments);
    this.known.set(name, { at: Date.now(), folder });
    folder.catch(() => this.known.delete(name));
    return folder;
  }
}

const look = (at: string): Promise<Stats | undefined> =>
  lstat(at).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw localError(error, at, 'write');
  });

async function make(at: string): Promise<Stats> {
  try {
    await mkdir(at);
  } catch (error) {
    // Another file of the transfer may have made it just now.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw localError(error, at, 'write');
  }
  return lstat(at);
}

const syncs = new Map<string, { running: Promise<void>; next?: Promise<void> }>();

/**
 * Makes renames in a folder durable. Callers that come while a sync runs share the next one. Not every system lets a
 * folder be synced; there it is left out.
 */
export function syncFolder(folder: string): Promise<void> {
  const current = syncs.get(folder);
  if (current) return (current.next ??= current.running.then(() => startSync(folder)));
  return startSync(folder);
}

function startSync(folder: string): Promise<void> {
  const entry: { running: Promise<void>; next?: Promise<void> } = { running: Promise.resolve() };
  entry.running = (async () => {
    const handle = await open(folder, 'r').catch(() => undefined);
    await handle?.sync().catch(() => undefined);
    await handle?.close();
    if (syncs.get(folder) === entry && !entry.next) syncs.delete(folder);
  })();
  syncs.set(folder, entry);
  return entry.running;
}

/** Bytes the file system of `folder` has room for. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder).catch((error: unknown) => {
    throw localError(error, folder, 'write');
  });
  return bavail * bsize;
}

/** DiskFull, saying how many bytes are missing, where the file system of `folder` cannot take `bytes` more. */
export async function assertRoom(folder: string, bytes: number): Promise<void> {
  const free = await freeBytes(folder);
  if (bytes > free) throw diskFull(folder, bytes, free);
}

/** DiskFull with the bytes that are needed and those that are free now. */
export async function noRoom(folder: string, bytes: number): Promise<AppError> {
  const { bavail, bsize } = await statfs(folder).catch(() => ({ bavail: 0, bsize: 1 }));
  return diskFull(folder, bytes, bavail * bsize);
}

export const diskFull = (folder: string, bytes: number, free: number): AppError =>
  new AppError('DiskFull', `The disk of ${folder} is full: ${bytes} bytes are needed, ${free} are free.`, {
    detail: `Free ${Math.max(0, bytes - free)} bytes or choose another folder, then retry. What was already there is intact.`,
    resource: folder,
  });
