import { mkdir } from 'node:fs/promises';
import { ClassicLevel } from 'classic-level';

/**
 * The catalog on disk, ordered so that every listing is a range:
 *
 *   d/<database>                              a database
 *   t/<database> 0 <table>                    a table, with its id
 *   v/<table id> 0 <version, 10 digits>       its earlier versions
 *   p/<table id> 0 <values joined by 1>       its partitions
 *   g/<table id>                              a dropped table whose versions and partitions are still to be removed
 *
 * Versions and partitions hang on an id, so that dropping or renaming a table of 100,000 partitions writes one record.
 */
const NUL = '\u0000';
const SEP = '\u0001';
// The highest code point: nothing that starts with the prefix comes after it in UTF-8 order.
const END = '\u{10ffff}';
const SYNC = { sync: true } as const;

/** Values may hold any character; those that separate are escaped so that order and uniqueness stay. */
const escapeValue = (value: string) => value.replace(/[\u0000-\u0002]/g, (c) => `\u0002${String.fromCharCode(c.charCodeAt(0) + 0x30)}`);

export const databaseKey = (database: string) => `d/${database}`;
export const tablesOf = (database: string) => `t/${database}${NUL}`;
export const tableKey = (database: string, table: string) => tablesOf(database) + table;
export const versionsOf = (tableId: string) => `v/${tableId}${NUL}`;
export const versionKey = (tableId: string, version: string) => versionsOf(tableId) + version.padStart(10, '0');
export const partitionsOf = (tableId: string) => `p/${tableId}${NUL}`;
export const partitionKey = (tableId: string, values: string[]) => partitionsOf(tableId) + values.map(escapeValue).join(SEP);
/** The partitions whose first values are these (at least one, not all). */
export const partitionsUnder = (tableId: string, values: string[]) => partitionKey(tableId, values) + SEP;

export type Write = { type: 'put'; key: string; value: unknown } | { type: 'del'; key: string };

export class CatalogStore {
  private readonly db: ClassicLevel<string, unknown>;

  private constructor(db: ClassicLevel<string, unknown>) {
    this.db = db;
  }

  static async open(dir: string): Promise<CatalogStore> {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const db = new ClassicLevel<string, unknown>(dir, { keyEncoding: 'utf8', valueEncoding: 'json' });
    await db.open();
    const store = new CatalogStore(db);
    for await (const key of db.keys({ gte: 'g/', lt: 'g0' })) await store.removeDropped(key.slice(2));
    return store;
  }

  async get<T>(key: string): Promise<T | undefined> {
    return (await this.db.get(key)) as T | undefined;
  }

  async getMany<T>(keys: string[]): Promise<(T | undefined)[]> {
    return (await this.db.getMany(keys)) as (T | undefined)[];
  }

  /** All or nothing, on disk when it resolves. */
  async write(writes: Write[]): Promise<void> {
    if (writes.length > 0) await this.db.batch(writes as never, SYNC);
  }

  /** Entries whose key starts with `prefix`, in order, from behind `after`. */
  entries<T>(prefix: string, after?: string, reverse = false): AsyncIterable<[string, T]> {
    const range = reverse ? { gte: prefix, lt: after ?? prefix + END } : { gt: after ?? prefix, lt: prefix + END };
    return this.db.iterator({ ...range, reverse }) as unknown as AsyncIterable<[string, T]>;
  }

  /** What to write so that the table's versions and partitions will be removed, now or at the next start. */
  dropMark(tableId: string): Write {
    return { type: 'put', key: `g/${tableId}`, value: true };
  }

  /** Removes what a dropped table left behind. */
  async removeDropped(tableId: string): Promise<void> {
    for (const prefix of [versionsOf(tableId), partitionsOf(tableId)]) await this.db.clear({ gte: prefix, lt: prefix + END });
    await this.db.del(`g/${tableId}`);
  }

  close(): Promise<void> {
    return this.db.close();
  }
}
