import { AppError } from '../../../shared/errors.ts';
import { compareKeys, countUpTo, LAST } from '../../listing/keyOrder.ts';
import type { KeyPage } from '../../listing/types.ts';
import type { There } from '../records.ts';

/** Reads up to 1,000 objects in key order, from the first after `startAfter`. `isLast`: there are none behind. */
export type ReadAfter = (startAfter: string) => Promise<{ page: KeyPage; isLast: boolean }>;

/**
 * What is in the bucket at the keys of an upload. Asked for keys in ascending order it lists the target once, and leaps
 * over what nobody asks about: at most one request a key, and mostly one for a thousand. Any other order is as right.
 */
export class TargetListing {
  private page: KeyPage | undefined;
  /** The page holds all keys above `low`, up to `high` (undefined: to the end). */
  private low = '';
  private high: string | undefined = '';

  constructor(
    private readonly read: ReadAfter,
    /** Called once where the target may not be listed; then nothing is known of it. */
    private readonly onDenied: () => void,
  ) {}

  private denied = false;

  async there(key: string): Promise<There | undefined> {
    while (!this.denied && !this.covers(key)) await this.fetch(key);
    if (this.denied || !this.page) return undefined;
    const at = countUpTo(this.page.keys, key) - 1;
    if (at < 0 || this.page.keys[at] !== key) return undefined;
    return { size: this.page.sizes[at]!, etag: this.page.etags[at]!, modified: new Date(this.page.modified[at]!).toISOString() };
  }

  private covers(key: string): boolean {
    return this.page !== undefined && compareKeys(key, this.low) > 0 && (this.high === undefined || compareKeys(key, this.high) <= 0);
  }

  private async fetch(key: string): Promise<void> {
    const leap = justBefore(key);
    // A page that ends a little before the key goes on where it ended.
    const goesOn = this.page !== undefined && this.high !== undefined && compareKeys(leap, this.high) <= 0 && compareKeys(this.high, key) < 0;
    const start = goesOn ? this.high! : leap;
    try {
      const { page, isLast } = await this.read(start);
      const last = page.keys.at(-1);
      this.page = page;
      this.low = start;
      // A store that answers "more" with no key has nothing to go on from.
      this.high = isLast || last === undefined ? undefined : last;
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'AccessDenied')) throw error;
      this.denied = true;
      this.onDenied();
    }
  }
}

/** A text that sorts before a key, and after nearly all that does. */
export function justBefore(key: string): string {
  const characters = [...key];
  const last = characters.pop() ?? '';
  const stem = characters.join('');
  const point = last.codePointAt(0) ?? 0;
  // Control characters, and what is no character by itself, are not taken for a bound.
  const usable = point > 0x21 && !(point - 1 >= 0xd800 && point - 1 <= 0xdfff) && Buffer.byteLength(key) + 4 <= 1024;
  return usable ? stem + String.fromCodePoint(point - 1) + LAST : stem;
}
