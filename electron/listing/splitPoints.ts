import { Buffer } from 'node:buffer';
import { bisected, type Alphabet } from './alphabet.ts';
import { commonLength, compareKeys, LAST } from './keyOrder.ts';

/** What is left to list: keys after `cursor`, up to and with `end` (undefined: to the end of the prefix). */
export interface Range {
  cursor: string;
  end: string | undefined;
  /** Code points after which keys of the listing were seen to differ in large. */
  level?: number | undefined;
  /** Code points the keys of the last page have in common: what goes on after more than these is less than a page. */
  spread: number;
}

const LONGEST_KEY = 1024;
const TOP = LAST.codePointAt(0)!;

/**
 * Where a range may be split, best guess first: `a` and `b` of (cursor, a], (a, b], … Any point strictly inside is
 * correct; a good one has many keys on both sides. Two kinds of guesses:
 * - in the middle of the characters that may follow where keys part;
 * - after everything that starts as the cursor does up to some place, which tells how much its keys have in common.
 */
export function* splitPoints({ cursor, end, level, spread }: Range, prefix: string, alphabet: Alphabet): Generator<string> {
  const at = [...cursor];
  const limit = end === undefined ? [...prefix, LAST] : [...end];
  const shared = commonLength(at, limit);
  const until = Math.min(at.length, Math.max(spread, shared + 1));
  const isOpen = (point: string) => compareKeys(cursor, point) < 0 && (end === undefined || compareKeys(point, end) < 0) && point.startsWith(prefix) && Buffer.byteLength(point) <= LONGEST_KEY;

  function* between(where: number, guess: 'between' | 'anyBetween'): Generator<string> {
    const low = at[where]?.codePointAt(0) ?? -1;
    const high = where === shared ? (limit[where]?.codePointAt(0) ?? TOP) : TOP;
    const before = at.slice(0, where).join('');
    for (const point of alphabet[guess](where, low, high)) yield before + String.fromCodePoint(point);
  }
  function* betweenBelow(): Generator<string> {
    for (let where = shared + 1; where < until; where += 1) yield* between(where, 'between');
  }
  function* beyond(): Generator<string> {
    for (const place of bisected(shared, until)) yield at.slice(0, place + 1).join('') + LAST;
  }
  const parting = level !== undefined && level > shared ? between(level, 'between') : [];
  const known = [parting, between(shared, 'between'), betweenBelow()];
  // Where nobody knows yet what lies far ahead: first how far the cursor's own start reaches.
  const isLoose = level === undefined && limit[shared] === LAST;
  const kinds = isLoose ? [beyond(), ...known] : [...known, beyond()];
  kinds.push(between(level !== undefined && level > shared ? level : shared, 'anyBetween'));
  for (const guesses of kinds) for (const guess of guesses) if (isOpen(guess)) yield guess;
}

const DIGITS = 6;

/** Where a key lies after the first `from` code points, from 0 to 1, as digits of the likely characters. */
function fraction(points: readonly string[], from: number, alphabet: Alphabet): number {
  let value = 0;
  let scale = 1;
  for (let at = from; at < from + DIGITS && at < points.length; at += 1) {
    const point = points[at]!.codePointAt(0)!;
    const likely = alphabet.likely(at);
    const next = likely.findIndex((one) => one >= point);
    scale /= likely.length + 1;
    value += (next < 0 ? likely.length : next) * scale;
  }
  return value;
}

/** About how many pages a range still has, from the pages it took from `start` to its cursor. Infinity: nobody knows. */
export function pagesLeft(start: string, { cursor, end }: Range, pages: number, alphabet: Alphabet): number {
  if (end === undefined) return Infinity;
  const [from, at, to] = [[...start], [...cursor], [...end]];
  const shared = commonLength(at, to);
  if (to[shared] === LAST) return Infinity;
  if (commonLength(from, to) < shared) return Infinity;
  const [a, b, c] = [from, at, to].map((points) => fraction(points, shared, alphabet)) as [number, number, number];
  return b > a ? (pages * (c - b)) / (b - a) : Infinity;
}
