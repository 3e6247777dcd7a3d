import type { Listing } from './listing.ts';
import type { View } from './rowSelection.ts';

export const COLUMNS = ['name', 'size', 'modified', 'storageClass', 'etag'] as const;
export type SortColumn = (typeof COLUMNS)[number];
export interface Sort {
  column: SortColumn;
  descending: boolean;
}
export const BY_NAME: Sort = { column: 'name', descending: false };

// A key may hold any character; the invisible ones are shown by their pictures, never left out.
const CONTROL = /[\u0000-\u001f\u007f]/g;
const PICTURES = 0x2400;
export const visibleName = (name: string): string =>
  name.replace(CONTROL, (character) => (character === '\u007f' ? '\u2421' : String.fromCharCode(PICTURES + character.charCodeAt(0))));

type Compare = (a: number, b: number) => number;

/** Rows between two looks at the clock. */
const STEP = 4096;
/** Rows sorted at once by the engine; larger parts are merged from these. */
const RUN = 1024;

/**
 * Rows to show: folders first, each part in order, those whose name holds the filter. A generator, so that a million
 * rows can be done a few ms at a time: it yields whenever it may be interrupted.
 */
export function* viewSteps(listing: Listing, sort: Sort, filter: string): Generator<void, View> {
  if (isAsListed(listing, sort, filter)) return joined(listing.folders.filled(), listing.objects.filled());
  const folders = yield* kept(listing, listing.folders.filled().slice(), filter);
  const objects = yield* kept(listing, listing.objects.filled().slice(), filter);
  yield* order(folders, folderCompare(listing, sort));
  yield* order(objects, objectCompare(listing, sort));
  if (sort.descending) {
    if (sort.column === 'name' || sort.column === 'size') folders.reverse();
    objects.reverse();
  }
  return joined(folders, objects);
}

/** True where nothing is to be put in order: rows come by their names. */
export const isAsListed = (listing: Listing, { column, descending }: Sort, filter: string): boolean =>
  listing.ordered && column === 'name' && !descending && wantedText(filter) === '';

function joined(folders: View, objects: View): View {
  const view = new Uint32Array(folders.length + objects.length);
  view.set(folders);
  view.set(objects, folders.length);
  return view;
}

/** All steps at once: for lists so short that nobody notices. */
export function viewNow(listing: Listing, sort: Sort, filter: string): View {
  const steps = viewSteps(listing, sort, filter);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The filter as it is applied: nothing typed shows everything. */
export const wantedText = (filter: string): string => filter.trim();

function* kept(listing: Listing, rows: View, filter: string): Generator<void, View> {
  const wanted = wantedText(filter);
  if (wanted === '') return rows;
  const holds = listing.names.finder(wanted);
  let count = 0;
  for (let at = 0; at < rows.length; at += 1) {
    if (at % STEP === STEP - 1) yield;
    if (holds(rows[at]!)) rows[count++] = rows[at]!;
  }
  return rows.slice(0, count);
}

/** undefined: the rows are in this order already. */
function objectCompare(listing: Listing, { column }: Sort): Compare | undefined {
  if (column === 'name') return listing.ordered ? undefined : (a, b) => listing.names.compare(a, b);
  if (column === 'size') return (a, b) => listing.size(a)! - listing.size(b)! || a - b;
  if (column === 'modified') return (a, b) => listing.time(a) - listing.time(b) || a - b;
  if (column === 'etag') return (a, b) => listing.etags.compare(a, b) || a - b;
  const sorted = listing.classNames.toSorted();
  const ranks = listing.classNames.map((name) => sorted.indexOf(name));
  return (a, b) => ranks[listing.classNumber(a)]! - ranks[listing.classNumber(b)]! || a - b;
}

/** Folders keep the order of their names, but for sizes that were counted; those not counted come as the smallest. */
function folderCompare(listing: Listing, { column }: Sort): Compare | undefined {
  if (column !== 'size' || listing.folderSizes.size === 0) return undefined;
  return (a, b) => (listing.size(a) ?? -1) - (listing.size(b) ?? -1) || a - b;
}

/** Sorts in place: short runs by the engine, then merged bottom up. */
function* order(rows: View, compare: Compare | undefined): Generator<void> {
  if (!compare) return;
  for (let from = 0; from < rows.length; from += RUN) {
    rows.subarray(from, from + RUN).sort(compare);
    yield;
  }
  let source = rows;
  let target: View = new Uint32Array(rows.length);
  for (let width = RUN; width < rows.length; width *= 2) {
    for (let from = 0; from < rows.length; from += 2 * width) {
      const middle = Math.min(from + width, rows.length);
      const to = Math.min(from + 2 * width, rows.length);
      let left = from;
      let right = middle;
      for (let at = from; at < to; at += 1) {
        if (at % STEP === STEP - 1) yield;
        target[at] = left < middle && (right >= to || compare(source[left]!, source[right]!) <= 0) ? source[left++]! : source[right++]!;
      }
    }
    [source, target] = [target, source];
  }
  if (source !== rows) rows.set(source);
}
