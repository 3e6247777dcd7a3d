import { rulesOf } from '../../../shared/prices/storageClasses.ts';
import { growingRows } from './growing.ts';
import type { Listing } from './listing.ts';
import type { RowSet } from './rowSet.ts';

/** The selected rows as the contract takes them, and their known bytes. */
export interface SelectedItems {
  keys: string[];
  prefixes: string[];
  bytes: number;
  /** The first of those in classes that have to be restored before they can be read. */
  archived: string[];
}

/** From here on the texts are made when somebody reads them: not at every step of the selection. */
const MANY = 2_000;
/** So many are asked about before a download. */
const MOST_ARCHIVED = 50;

export function selectedItems(listing: Listing, rows: RowSet): SelectedItems {
  const objects = growingRows();
  const folders = growingRows();
  const mustBeRestored = listing.classNames.map((name) => rulesOf(name).archived ?? false);
  const archived: string[] = [];
  let bytes = 0;
  rows.forEach((row) => {
    if (row >= listing.length) return;
    (listing.isFolder(row) ? folders : objects).push(row);
    bytes += listing.size(row) ?? 0;
    if (mustBeRestored[listing.classNumber(row)] && archived.length < MOST_ARCHIVED && !listing.isFolder(row)) archived.push(listing.key(row)!);
  });
  const texts = (of: typeof objects): string[] => {
    const make = () => Array.from(of.filled(), (row) => listing.key(row)!);
    return of.length < MANY ? make() : madeWhenRead(of.length, make);
  };
  return { keys: texts(objects), prefixes: texts(folders), bytes, archived };
}

/** An array that knows its length at once, and its items when one asks for anything else. */
function madeWhenRead(length: number, make: () => string[]): string[] {
  let made: string[] | undefined;
  const items = () => (made ??= make());
  return new Proxy<string[]>([], {
    get: (_, name) => (name === 'length' ? length : (Reflect.get(items(), name) as unknown)),
    has: (_, name) => Reflect.has(items(), name),
  });
}
