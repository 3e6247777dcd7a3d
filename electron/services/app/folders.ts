import { lstat, readdir } from 'node:fs/promises';
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

/**
 * One folder of this machine: folders first, then files, by name. Links and devices are left out: a transfer does not
 * follow them (FAULTS 2). Without a path: the home folder.
 */
export async function listFolder(wanted?: string): Promise<{ path: string; parent: string | null; entries: Entry[]; truncated: boolean }> {
  const folder = path.resolve(wanted === undefined || wanted === '' ? homedir() : wanted.replace(/^~(?=$|[\\/])/, homedir()));
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
