import { lstat, opendir } from 'node:fs/promises';
import path from 'node:path';
import { localError } from '../localError.ts';
import type { There } from '../records.ts';
import { identityOf, type NameRules } from './names.ts';

/** Folders whose names are held at a time, and names of one. Of larger ones each file is looked at by itself. */
const MOST_FOLDERS = 200;
const MOST_NAMES = 50_000;

type Names = Set<string> | 'many' | undefined;

/** What is at the paths of a download already. Each folder is listed once; a link or a file in the place of one is none. */
export class LocalTargets {
  private readonly folders = new Map<string, Promise<Names>>();

  constructor(
    private readonly root: string,
    private readonly rules: NameRules,
  ) {}

  /** `undefined`: nothing, or a folder. */
  async there(relativePath: string): Promise<There | undefined> {
    const names = await this.namesIn(path.posix.dirname(relativePath));
    if (!names || (names !== 'many' && !names.has(identityOf(path.posix.basename(relativePath), this.rules)))) return undefined;
    return lookAt(path.join(this.root, ...relativePath.split('/')));
  }

  private namesIn(folder: string): Promise<Names> {
    const known = this.folders.get(folder);
    if (known) return known;
    if (this.folders.size >= MOST_FOLDERS) this.folders.delete(this.folders.keys().next().value!);
    const names = this.read(folder);
    this.folders.set(folder, names);
    return names;
  }

  private async read(folder: string): Promise<Names> {
    if (folder !== '.') {
      const beside = await this.namesIn(path.posix.dirname(folder));
      if (!beside || (beside !== 'many' && !beside.has(identityOf(path.posix.basename(folder), this.rules)))) return undefined;
    }
    const at = path.join(this.root, ...folder.split('/'));
    const names = new Set<string>();
    try {
      if (folder !== '.' && !(await lstat(at)).isDirectory()) return undefined;
      for await (const { name } of await opendir(at, { bufferSize: 256 })) {
        names.add(identityOf(name, this.rules));
        if (names.size > MOST_NAMES) return 'many';
      }
      return names;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw localError(error, at, 'read');
    }
  }
}

export const isMissing = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

/** What is at a path itself; a link is not followed. `undefined`: nothing, or a folder. */
export async function lookAt(at: string): Promise<There | undefined> {
  try {
    const found = await lstat(path.toNamespacedPath(at));
    return found.isDirectory() ? undefined : { size: found.size, modified: found.mtime.toISOString() };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw localError(error, at, 'read');
  }
}
