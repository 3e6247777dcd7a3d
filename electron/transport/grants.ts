import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Granted } from '../../shared/contract/app.ts';
import { AppError } from '../../shared/errors.ts';
import type { Grants } from '../context.ts';

type Purpose = 'read' | 'save' | 'folder';

/** Grants are held this long at most; the oldest go first. */
const MOST_GRANTS = 50_000;

async function fileAt(place: string) {
  try {
    return await stat(place);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw new AppError('AccessDenied', `${place} cannot be read.`, { detail: (error as Error).message, resource: place, cause: error });
  }
}

/** Refuses a path that cannot serve its purpose, before anything is started with it. */
async function check(place: string, purpose: Purpose): Promise<boolean> {
  const found = await fileAt(place);
  if (purpose === 'save') {
    if (found?.isDirectory()) throw new AppError('BadInput', `${place} is a folder.`, { detail: 'Name the file to write.', resource: place });
    const parent = await fileAt(path.dirname(place));
    if (!parent?.isDirectory()) throw new AppError('NotFound', `The folder ${path.dirname(place)} does not exist.`, { resource: place });
    return false;
  }
  if (!found) throw new AppError('NotFound', `${place} does not exist.`, { resource: place });
  if (purpose === 'folder' && !found.isDirectory()) throw new AppError('BadInput', `${place} is not a folder.`, { resource: place });
  if (!found.isDirectory() && !found.isFile()) {
    throw new AppError('BadInput', `${place} is neither a file nor a folder.`, { resource: place });
  }
  return found.isDirectory();
}

/** Grants live as long as the backend: a journal that outlives it stores the path, never the grant. */
export function createGrants(): Grants {
  const granted = new Map<string, { path: string; purpose: Purpose }>();
  return {
    async grant(wanted, purpose): Promise<Granted> {
      if (wanted.includes('\0') || !path.isAbsolute(wanted)) throw new AppError('BadInput', `${wanted} is not an absolute path.`, { resource: wanted });
      const place = path.resolve(wanted);
      const isFolder = await check(place, purpose);
      const grant = randomBytes(18).toString('base64url');
      granted.set(grant, { path: place, purpose });
      if (granted.size > MOST_GRANTS) granted.delete(granted.keys().next().value!);
      return { grant, displayPath: place, isFolder };
    },
    resolve(grant, purpose) {
      const found = granted.get(grant);
      if (!found) throw new AppError('BadInput', 'That path was not chosen here.', { detail: 'Choose the file or folder again.' });
      if (found.purpose !== purpose) {
        throw new AppError('BadInput', `${found.path} was chosen for another purpose.`, { detail: `Chosen to ${found.purpose}, asked to ${purpose}.`, resource: found.path });
      }
      return found.path;
    },
  };
}
