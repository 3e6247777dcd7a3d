import { KeyedMutex } from '../objects/locks.ts';
import type { CatalogStore } from './catalogStore.ts';

/** What every part of the catalog works with. */
export interface CatalogContext {
  store: CatalogStore;
  accountId: string;
  /** Seconds since 1970, to the millisecond, as the JSON protocol carries timestamps. */
  now(): number;
  /** One writer of the catalog at a time: what is checked before a write still holds when it is written. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
}

export function catalogContext(store: CatalogStore, accountId: string): CatalogContext {
  const mutex = new KeyedMutex();
  return { store, accountId, now: () => Date.now() / 1000, exclusively: (work) => mutex.run('catalog', work) };
}
