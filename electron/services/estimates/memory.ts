import { createHash } from 'node:crypto';
import type { Table } from '../glue/index.ts';
import type { Stored } from './listing.ts';
import type { Locations } from './tableBytes.ts';

/** Catalog and bucket may change at any time: what was read is good for so long. */
const GOOD_FOR_MS = 20_000;
const MOST = 500;

/** Answers remembered for a short while, by what was asked. */
export class Remembered<T> {
  private readonly known = new Map<string, { value: T; until: number }>();

  async remembered(question: unknown, ask: () => Promise<T>, isWorth: (value: T) => boolean = () => true): Promise<T> {
    const key = createHash('sha256').update(JSON.stringify(question)).digest('base64');
    const before = this.known.get(key);
    if (before && before.until > Date.now()) return before.value;
    const asked = Date.now();
    const value = await ask();
    this.known.delete(key);
    if (this.known.size >= MOST) this.known.delete(this.known.keys().next().value!);
    if (isWorth(value)) this.known.set(key, { value, until: asked + GOOD_FOR_MS });
    return value;
  }

  clear(): void {
    this.known.clear();
  }
}

/** What estimates share, so that typing on costs no new requests. */
export class Memory {
  readonly tables = new Remembered<Table>();
  /** By the table's version and the filter. */
  readonly partitions = new Remembered<Locations>();
  readonly stored = new Remembered<Stored>();

  clear(): void {
    for (const one of [this.tables, this.partitions, this.stored]) one.clear();
  }
}
