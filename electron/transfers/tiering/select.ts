import type { ArchiveState, Mask } from '../../../shared/contract/s3Tiers.ts';
import { listSplit } from '../../listing/listSplit.ts';
import type { AnsweredPage, PageStart } from '../../listing/types.ts';
import { maskTest } from './mask.ts';
import { tieredObjects, type TieredObject } from './tieredObject.ts';

export interface Selection {
  keys: readonly string[];
  prefixes: readonly string[];
  mask?: Mask | undefined;
}

/** How a selection is read: by the service's own requests, or by a transfer's with its retries. */
export interface Reader {
  /** One page, with restore states. */
  page(ask: PageStart & { prefix: string; delimiter?: string }, signal?: AbortSignal): Promise<AnsweredPage>;
  /** The archive state of one object by HeadObject. */
  head(key: string): Promise<ArchiveState>;
  signal: AbortSignal;
}

export interface Selected {
  /** Objects listed for it, wanted or not. */
  listed: number;
  objects: TieredObject[];
}

/** So many named keys are asked for one by one; more are picked out of the listing of their folders. */
const ONE_BY_ONE = 200;
const AT_ONCE = 8;
/** Archived objects whose state is looked up one by one where the listing does not tell it. */
const MOST_HEADS = 500;

const folderOf = (key: string): string => key.slice(0, key.lastIndexOf('/', key.length - 2) + 1);
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Every object that is meant, page by page. Keys that are gone are left out. */
export async function* selectObjects(reader: Reader, selection: Selection): AsyncGenerator<Selected> {
  const heads = { left: MOST_HEADS, told: false };
  for await (const { objects, prefix } of pages(reader, selection)) {
    const wanted = objects.filter(maskTest(selection.mask, prefix));
    await lookUp(reader, wanted, heads);
    yield { listed: objects.length, objects: wanted };
  }
}

async function* pages(reader: Reader, { keys, prefixes }: Selection): AsyncGenerator<{ objects: TieredObject[]; prefix: string }> {
  if (keys.length <= ONE_BY_ONE) {
    for (let at = 0; at < keys.length; at += AT_ONCE) {
      const found = await Promise.all(keys.slice(at, at + AT_ONCE).map(async (key) => ({ key, objects: tieredObjects(await reader.page({ prefix: key, max: 1 })) })));
      // A key sorts before all others that begin with it.
      for (const { key, objects } of found) yield { prefix: folderOf(key), objects: objects.filter((object) => object.key === key) };
    }
  } else {
    for (const [prefix, names] of byFolder(keys)) {
      const first = [...names].reduce((least, key) => (byBytes(key, least) < 0 ? key : least));
      let missing = names.size;
      let token: string | undefined;
      do {
        // What sorts before the first of them is not listed; the folder itself stands before all it holds.
        const page: AnsweredPage = await reader.page({ prefix, delimiter: '/', startAfter: token === undefined && first.length > prefix.length ? first.slice(0, -1) : undefined, token });
        const objects = tieredObjects(page).filter((object) => names.has(object.key));
        missing -= objects.length;
        yield { prefix, objects };
        token = missing > 0 ? page.nextToken : undefined;
      } while (token !== undefined);
    }
  }
  for (const prefix of prefixes) {
    // Several readers at once where there is much to read.
    const read = (start: PageStart, signal: AbortSignal) => reader.page({ prefix, ...start }, signal);
    for await (const page of listSplit({ prefix, read, signal: reader.signal })) yield { prefix, objects: tieredObjects(page) };
  }
}

function byFolder(keys: readonly string[]): Map<string, Set<string>> {
  const folders = new Map<string, Set<string>>();
  for (const key of keys) {
    const folder = folderOf(key);
    let names = folders.get(folder);
    if (!names) folders.set(folder, (names = new Set()));
    names.add(key);
  }
  return folders;
}

/** Where a server's listings do not tell restore states, the objects themselves are asked, the first few hundred. */
async function lookUp(reader: Reader, objects: TieredObject[], heads: { left: number; told: boolean }): Promise<void> {
  heads.told ||= objects.some((object) => object.told);
  if (heads.told) return;
  const unsure = objects.filter((object) => object.archive === 'archived').slice(0, heads.left);
  heads.left -= unsure.length;
  for (let at = 0; at < unsure.length; at += AT_ONCE) {
    await Promise.all(unsure.slice(at, at + AT_ONCE).map(async (object) => void (object.archive = await reader.head(object.key).catch(() => object.archive))));
  }
}
