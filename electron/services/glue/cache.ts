import PQueue from 'p-queue';
import type { Column, TableSummary } from '../../../shared/contract/catalog.ts';
import { log } from '../../log.ts';
import type { Store } from '../../storage/store.ts';
import type { CatalogSource, Table } from './source.ts';

/** What is kept of a table: enough for completion, search, and to know which table covers an object. */
export interface CachedTable {
  name: string;
  kind: TableSummary['kind'];
  /** null: not kept, because the catalog is large and nobody has looked at the table. */
  columns: Column[] | null;
  partitionKeys: Column[];
  location?: string | undefined;
}
export interface CachedCatalog {
  /** null: never read whole. */
  refreshedAt: string | null;
  /** How long reading it took. */
  refreshMillis?: number;
  databases: Record<string, CachedTable[]>;
}

/** Columns of all tables are kept up to this many tables; beyond, of those looked at. */
const SMALL_CATALOG = 2_000;
/** The cheaper a catalog is to read, the sooner it is read again. */
const STALE_AFTER = { least: 5_000, timesItsCost: 50, most: 60_000 };
const DATABASES_AT_ONCE = 4;
/** A catalog is not read anew for one question more often than this many times as long as reading it takes. */
const COST_FACTOR = 10;

const ageOf = ({ refreshedAt }: CachedCatalog) => (refreshedAt === null ? Infinity : Date.now() - Date.parse(refreshedAt));

const toCached = (table: Table): CachedTable => ({
  name: table.name,
  kind: table.kind,
  columns: table.columns,
  partitionKeys: table.partitionKeys,
  location: table.location,
});
const costOf = ({ refreshMillis = 0 }: CachedCatalog) => refreshMillis;

export interface CatalogCache {
  /** What is known now; never waits for the network. */
  read(connectionId: string, catalog: string): Promise<CachedCatalog>;
  isStale(cached: CachedCatalog): boolean;
  /** Worth reading anew for somebody who found nothing: at once for a small catalog, seldom for a large one. */
  maySeeMore(cached: CachedCatalog): boolean;
  /** Reads the whole catalog anew; a refresh that already runs is shared. */
  refresh(connectionId: string, catalog: string): Promise<CachedCatalog>;
  /** A table somebody looked at. */
  remember(connectionId: string, table: Table): Promise<void>;
  /** A table that turned out not to be there any more. */
  forget(connectionId: string, catalog: string, database: string, name: string): Promise<void>;
  /** No new refresh; resolves when those that run have noticed. */
  close(): Promise<void>;
}

/** A catalog's tables on disk, refreshed behind the user's back, so that typing never waits (USERS 14). */
export function createCatalogCache(store: Store, sourceOf: (connectionId: string, catalog: string) => CatalogSource): CatalogCache {
  const onDisk = store.collection<CachedCatalog>('catalogCache');
  const inMemory = new Map<string, CachedCatalog>();
  const refreshing = new Map<string, Promise<CachedCatalog>>();
  const ending = new AbortController();
  const keyOf = (connectionId: string, catalog: string) => JSON.stringify([connectionId, catalog]);

  async function read(connectionId: string, catalog: string): Promise<CachedCatalog> {
    const key = keyOf(connectionId, catalog);
    const known = inMemory.get(key) ?? (await onDisk.get(key)) ?? { refreshedAt: null, databases: {} };
    if (!inMemory.has(key)) inMemory.set(key, known);
    return inMemory.get(key)!;
  }

  async function readWhole(connectionId: string, catalog: string): Promise<CachedCatalog> {
    const source = sourceOf(connectionId, catalog);
    const { signal } = ending;
    const started = Date.now();
    const before = await read(connectionId, catalog);
    const databases: Record<string, CachedTable[]> = {};
    let count = 0;
    const queue = new PQueue({ concurrency: DATABASES_AT_ONCE });
    const all = await source.databases({ max: 100_000, signal });
    await queue.addAll(
      all.items.map(({ name }) => async () => {
        const tables = await source.tables(name, { max: 100_000, signal });
        databases[name] = tables.items.map(toCached);
        count += tables.items.length;
      }),
    );
    if (count > SMALL_CATALOG) {
      for (const [database, tables] of Object.entries(databases)) {
        const lookedAt = new Set(before.databases[database]?.filter((table) => table.columns).map((table) => table.name));
        for (const table of tables) if (!lookedAt.has(table.name)) table.columns = null;
      }
    }
    const cached = { refreshedAt: new Date().toISOString(), refreshMillis: Date.now() - started, databases };
    inMemory.set(keyOf(connectionId, catalog), cached);
    await onDisk.put(keyOf(connectionId, catalog), cached);
    return cached;
  }

  /** In memory at once; on disk with the next refresh, for this is only a cache. */
  async function replace(connectionId: string, catalog: string, database: string, name: string, by: CachedTable[]): Promise<void> {
    const cached = await read(connectionId, catalog);
    const others = (cached.databases[database] ?? []).filter((table) => table.name !== name);
    inMemory.set(keyOf(connectionId, catalog), { ...cached, databases: { ...cached.databases, [database]: [...others, ...by] } });
  }

  return {
    read,
    isStale: (cached) => ageOf(cached) > Math.min(STALE_AFTER.most, Math.max(STALE_AFTER.least, STALE_AFTER.timesItsCost * costOf(cached))),
    maySeeMore: (cached) => ageOf(cached) > Math.min(STALE_AFTER.most, COST_FACTOR * costOf(cached)),

    refresh(connectionId, catalog) {
      const key = keyOf(connectionId, catalog);
      let running = refreshing.get(key);
      if (!running) {
        running = readWhole(connectionId, catalog).finally(() => refreshing.delete(key));
        refreshing.set(key, running);
        running.catch((error: unknown) => log.info('catalog not refreshed', String(error))); // who waits for it is told too
      }
      return running;
    },

    remember: (connectionId, table) => replace(connectionId, table.catalog, table.database, table.name, [toCached(table)]),
    forget: (connectionId, catalog, database, name) => replace(connectionId, catalog, database, name, []),

    async close() {
      ending.abort();
      await Promise.allSettled(refreshing.values());
    },
  };
}
