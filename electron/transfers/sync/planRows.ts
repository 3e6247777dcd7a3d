import { mkdir, rm } from 'node:fs/promises';
import { ClassicLevel } from 'classic-level';
import type { SyncKind } from '../../../shared/contract/sync.ts';
import type { ClaimStore } from '../download/claims.ts';
import type { Entry, PlanRecord, Row } from './types.ts';

const number = (n: number) => String(n).padStart(10, '0');
const below = (path: string) => ({ gt: `${path}/`, lt: `${path}0` });
/** Rows looked at for one page, at most, so that a text that is rare holds nobody up. */
const LOOKED_AT = 20_000;
const PAGE = 1000;
/** Bytes LevelDB holds in memory: what is written is mostly read once, in order. By default it takes some 16 MiB. */
const [WRITTEN, READ] = [1024 * 1024, 1024 * 1024];

/**
 * One plan on disk, in a store of its own that goes as a whole: a million rows are neither held in memory nor deleted one
 * by one. Only what the user decided is synced: a plan that a power cut takes is made again.
 *
 * Keys: `plan`; `r/KIND/N` rows; while it is made `l/KEY` files of the local side in the order of keys, `c/NAME` local
 * names that are taken.
 */
export class PlanRows implements ClaimStore {
  private constructor(
    private readonly db: ClassicLevel<string, unknown>,
    private readonly dir: string,
  ) {}

  static async open(dir: string): Promise<PlanRows> {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const db = new ClassicLevel<string, unknown>(dir, { keyEncoding: 'utf8', valueEncoding: 'json', writeBufferSize: WRITTEN, cacheSize: READ, maxOpenFiles: 30 });
    await db.open();
    return new PlanRows(db, dir);
  }

  record = () => this.db.get('plan') as Promise<PlanRecord | undefined>;
  saveRecord = (record: PlanRecord) => this.db.put('plan', record, { sync: true } as never);

  addRows = (rows: Row[]) => this.db.batch(rows.map((row) => ({ type: 'put' as const, key: rowKey(row), value: row })));
  row = (kind: SyncKind, n: number) => this.db.get(rowKey({ kind, n })) as Promise<Row | undefined>;
  /** Changed rows and what they add up to, durable. */
  saveRows = (rows: Row[], record: PlanRecord) =>
    this.db.batch([{ type: 'put', key: 'plan', value: record }, ...rows.map((row) => ({ type: 'put' as const, key: rowKey(row), value: row as unknown }))], { sync: true } as never);

  /** All rows of a kind, by number; no iterator stays open while one is dealt with. */
  async *rows(kind: SyncKind, after = -1): AsyncGenerator<Row> {
    for (let last = after; ; ) {
      const page = await this.page([kind], last, PAGE);
      yield* page;
      if (page.length < PAGE) return;
      last = page.at(-1)!.n;
    }
  }

  /** A page of rows of these kinds, by number. `next`: where the following begins. */
  async find({ kinds, text, after = -1, max }: { kinds: readonly SyncKind[]; text?: string | undefined; after?: number | undefined; max: number }): Promise<{ rows: Row[]; next: number | null }> {
    if (!text) {
      const rows = await this.page(kinds, after, max);
      return { rows, next: rows.length < max ? null : rows.at(-1)!.n };
    }
    const wanted = text.toLowerCase();
    const rows: Row[] = [];
    let last = after;
    for (let looked = 0; looked < LOOKED_AT; looked += PAGE) {
      const page = await this.page(kinds, last, PAGE);
      for (const row of page) {
        last = row.n;
        if (row.key.toLowerCase().includes(wanted)) rows.push(row);
        if (rows.length >= max) return { rows, next: last };
      }
      if (page.length < PAGE) return { rows, next: null };
    }
    return { rows, next: last };
  }

  private async page(kinds: readonly SyncKind[], after: number, max: number): Promise<Row[]> {
    const lists = await Promise.all(kinds.map((kind) => this.db.values({ gt: rowKey({ kind, n: after }), lt: `r/${kind}0`, limit: max }).all() as Promise<Row[]>));
    return lists.length === 1 ? lists[0]! : lists.flat().sort((a, b) => a.n - b.n).slice(0, max);
  }

  /** Files of the local side. Where keys `mayMeet`, the first of a key stays; answers with those whose key was there. */
  async addLocal(entries: Entry[], mayMeet: boolean): Promise<Entry[]> {
    const twice: Entry[] = [];
    const fresh = new Map<string, Entry>();
    const there = mayMeet ? await this.db.getMany(entries.map(({ key }) => `l/${key}`)) : [];
    entries.forEach((entry, at) => {
      if (there[at] !== undefined || fresh.has(entry.key)) twice.push(entry);
      else fresh.set(entry.key, entry);
    });
    await this.db.batch([...fresh].map(([key, value]) => ({ type: 'put' as const, key: `l/${key}`, value })));
    return twice;
  }

  /** The local side in S3's order of keys. */
  async *local(): AsyncGenerator<Entry> {
    for await (const value of this.db.values(below('l'))) yield value as Entry;
  }

  claim = (_id: string, name: string) => this.db.get(`c/${name}`) as Promise<string | undefined>;
  claimKey = (_id: string, name: string) => `c/${name}`;
  write = async (operations: { type: 'put'; key: string; value: unknown }[]) => this.db.batch(operations);

  /** Forgets what only making the plan took. */
  async tidy(): Promise<void> {
    await this.db.clear(below('l'));
    await this.db.clear(below('c'));
  }

  close = () => this.db.close();

  async remove(): Promise<void> {
    await this.db.close();
    await rm(this.dir, { recursive: true, force: true });
  }
}

const rowKey = ({ kind, n }: Pick<Row, 'kind' | 'n'>) => (n < 0 ? `r/${kind}/` : `r/${kind}/${number(n)}`);
