import type { SyncOptions } from '../../../shared/contract/sync.ts';
import { matcherOf } from '../../services/s3Search/matcher.ts';
import { globFilter } from './places.ts';
import type { Entry } from './types.ts';

const HIDDEN = /(^|\/)\.[^/]/;

/** A folder that cannot be read: whatever is in it, nothing there is known to be gone. */
export const isUnreadFolder = ({ key, problem }: Entry): boolean => problem !== undefined && key.endsWith('/');

/** Which of some entries the filters let through. The same on both sides: what is filtered out is not "gone" either. */
export function filterOf({ include, exclude, hidden }: SyncOptions): (entries: Entry[]) => Entry[] {
  const [wanted, unwanted] = [include, exclude].map((globs) => globs.map((text) => matcherOf(globFilter(text), '')));
  return (entries) => {
    const shown = hidden ? entries : entries.filter((entry) => isUnreadFolder(entry) || !HIDDEN.test(entry.key));
    if (include.length + exclude.length === 0 || shown.length === 0) return shown;
    const page = { keys: shown.map(({ key }) => key), sizes: shown.map(({ size }) => size), modified: shown.map(({ modified }) => modified), storageClasses: [], etags: [] };
    const rowsOf = (matchers: typeof wanted = []) => new Set(matchers.flatMap((matches) => matches(page)));
    const [taken, left] = [rowsOf(wanted), rowsOf(unwanted)];
    return shown.filter((entry, row) => isUnreadFolder(entry) || ((include.length === 0 || taken.has(row)) && !left.has(row)));
  };
}
