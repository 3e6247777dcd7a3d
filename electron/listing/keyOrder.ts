/** The highest code point: what sorts after everything that goes on with something else. */
export const LAST = '\u{10FFFF}';

// UTF-16 puts surrogates below U+E000..U+FFFF; UTF-8 bytes put what they stand for above.
const rank = (unit: number): number => (unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit);

/** Order of keys as S3 lists them: by UTF-8 bytes. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const difference = a.charCodeAt(at) - b.charCodeAt(at);
    if (difference !== 0) return rank(a.charCodeAt(at)) - rank(b.charCodeAt(at));
  }
  return a.length - b.length;
}

/** How many of ascending keys are at most `end`. */
export function countUpTo(keys: readonly string[], end: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareKeys(keys[middle]!, end) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** True where every key is above the one before it, the first above `after`. */
export function isAscending(keys: readonly string[], after: string | undefined): boolean {
  let before = after;
  for (const key of keys) {
    if (before !== undefined && compareKeys(before, key) >= 0) return false;
    before = key;
  }
  return true;
}

/** Code points two keys have in common from their start. */
export function commonLength(a: readonly string[], b: readonly string[]): number {
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a[at] === b[at]) at += 1;
  return at;
}
