import { FOLDER, type Listing } from './listing.ts';

export type SortColumn = 'name' | 'size' | 'modified' | 'storageClass';
export interface Sort {
  column: SortColumn;
  descending: boolean;
}

/** What a row is called in its place: the key without what the place already says. */
export function rowName(key: string, prefix: string): string {
  return key.slice(prefix.lastIndexOf('/') + 1);
}

// A key may hold any character; the invisible ones are shown by their pictures, never left out.
const CONTROL = /[\u0000-\u001f\u007f]/g;
const PICTURES = 0x2400;
export const visibleName = (name: string): string =>
  name.replace(CONTROL, (character) => (character === '\u007f' ? '\u2421' : String.fromCharCode(PICTURES + character.charCodeAt(0))));

const ascending = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

/** Row numbers to show: folders first, each part sorted, those whose name holds the filter. S3's order is the names'. */
export function listingView(listing: Listing, sort: Sort, filter: string): number[] {
  const { keys, sizes, modified, storageClasses, folders, objects, place } = listing;
  const wanted = filter.trim().toLowerCase();
  const keep = (rows: number[]) => (wanted ? rows.filter((row) => rowName(keys[row] ?? '', place.prefix).toLowerCase().includes(wanted)) : rows);
  const columns: Record<SortColumn, readonly (string | number)[] | null> = { name: null, size: sizes, modified, storageClass: storageClasses };
  const order = (rows: number[]) => {
    const values = columns[sort.column];
    const sorted = values ? rows.toSorted((a, b) => ascending(values[a] ?? '', values[b] ?? '') || a - b) : rows;
    return sort.descending ? sorted.toReversed() : sorted;
  };
  const folderOrder = sort.column === 'name' && sort.descending ? keep(folders).toReversed() : keep(folders);
  return [...folderOrder, ...order(keep(objects))];
}

export const isFolder = (listing: Listing, row: number): boolean => listing.sizes[row] === FOLDER;

/** The selected rows as what the contract takes, and their known bytes. */
export function selectedItems(listing: Listing, rows: Iterable<number>): { keys: string[]; prefixes: string[]; bytes: number } {
  const items = { keys: [] as string[], prefixes: [] as string[], bytes: 0 };
  for (const row of rows) {
    const key = listing.keys[row];
    if (key === undefined) continue;
    if (isFolder(listing, row)) items.prefixes.push(key);
    else {
      items.keys.push(key);
      items.bytes += listing.sizes[row] ?? 0;
    }
  }
  return items;
}
