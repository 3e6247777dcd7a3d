import { lstat, mkdir, readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { AppError } from '../../../shared/errors.ts';

interface Entry {
  name: string;
  isFolder: boolean;
  size: number;
  modified: string;
}

/** A chooser shows no more; the rest is reached by typing. */
const MOST_ENTRIES = 5_000;

const byName = new Intl.Collator(undefined, { numeric: true });

/** As a shell reads a path: `~` is the home folder. */
const resolvePath = (typed: string | undefined): string => path.resolve(typed === undefined || typed === '' ? homedir() : typed.replace(/^~(?=$|[\\/])/, homedir()));

/** Makes the folder and those that lead to it. BadInput where a file is in the way, AccessDenied where the disk says no. */
export async function makeFolder(typed: string): Promise<void> {
  const folder = resolvePath(typed);
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || code === 'ENOTDIR') throw new AppError('BadInput', `${folder} cannot be made: there is a file of that name.`, { resource: folder });
    throw new AppError('AccessDenied', `${folder} cannot be made.`, { detail: message, resource: folder });
  }
}

/**
 * One folder of this machine: folders first, then files, by name. Links and devices are left out: a transfer does not
 * follow them (FAULTS 2). Without a path: the home folder.
 */
export async function listFolder(wanted?: string): Promise<{ path: string; parent: string | null; entries: Entry[]; truncated: boolean }> {
  const folder = resolvePath(wanted);
  let names;
  try {
    names = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') throw new AppError('NotFound', `${folder} does not exist.`, { resource: folder });
    if (code === 'ENOTDIR') throw new AppError('BadInput', `${folder} is not a folder.`, { resource: folder });
    throw new AppError('AccessDenied', `${folder} cannot be read.`, { detail: (error as Error).message, resource: folder });
  }
  const shown = names
    .filter((entry) => entry.isDirectory() || entry.isFile())
    .sort((a, b) => Number(b.isDirectory()) - Number(a.isDirectory()) || byName.compare(a.name, b.name));
  const entries = await Promise.all(
    shown.slice(0, MOST_ENTRIES).map(async (entry): Promise<Entry | undefined> => {
      const found = await lstat(path.join(folder, entry.name)).catch(() => undefined); // gone meanwhile
      return found && { name: entry.name, isFolder: entry.isDirectory(), size: found.size, modified: found.mtime.toISOString() };
    }),
  );
  const parent = path.dirname(folder);
  return { path: folder, parent: parent === folder ? null : parent, entries: entries.filter((entry) => entry !== undefined), truncated: shown.length > MOST_ENTRIES };
}
