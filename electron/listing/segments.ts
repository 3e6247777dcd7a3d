import { Alphabet } from './alphabet.ts';
import { commonLength, compareKeys, countUpTo, isAscending } from './keyOrder.ts';
import { pagesLeft, splitPoints } from './splitPoints.ts';
import { rows, type AnsweredPage, type KeyPage } from './types.ts';

/** A part of the key space with one reader: keys after `start`, up to and with `end`. */
export interface Segment {
  start: string;
  /** The last key taken; '' before the first. */
  cursor: string;
  end: string | undefined;
  token: string | undefined;
  /** A request for its next page is under way. */
  isBusy: boolean;
  isDone: boolean;
  /** Splits of it that are being tried. */
  probes: number;
  pages: number;
  /** See splitPoints. */
  level: number | undefined;
  spread: number;
  /** Taken, not yet given to the reader. */
  ready: KeyPage[];
}

/** A segment is not worth another reader where fewer pages are left. */
const WORTH_PAGES = 2;
const PROBES_OF_ONE = 6;
/** Requests that may come to nothing: so many, and one more for as many pages; more while few readers work. */
const WASTE_AT_FIRST = 12;
const PAGES_FOR_WASTE = 5;
const PAGES_WHEN_FEW = 2;
const FEW_READERS = 6;

/**
 * The key space below a prefix, divided. Whatever is tried, the segments tile it: a split takes effect only when its
 * first page is there, and a segment drops what comes after its end. So no key is missed and none comes twice.
 */
export class Segments {
  /** In the keys' order; those that are done and given are gone. */
  readonly list: Segment[] = [newSegment('', undefined)];
  readonly #alphabet = new Alphabet();
  readonly #trying = new Set<string>();
  /** False where the store does not list in byte order, or does not know StartAfter. */
  canSplit = true;
  #pages = 0;
  #wasted = 0;

  constructor(private readonly prefix: string) {}

  /** What a segment's next request answered. False: it is out of order, and others read ahead already. */
  take(segment: Segment, page: AnsweredPage): boolean {
    if (!isAscending(page.keys, segment.cursor === '' ? undefined : segment.cursor)) {
      if (this.list.length > 1 || segment.end !== undefined) return false;
      this.canSplit = false;
    }
    const kept = segment.end === undefined ? page.keys.length : countUpTo(page.keys, segment.end);
    segment.token = page.nextToken;
    segment.isDone = page.nextToken === undefined || kept < page.keys.length;
    segment.pages += 1;
    this.#pages += 1;
    if (kept === 0) return true;
    segment.cursor = page.keys[kept - 1]!;
    segment.spread = commonLength([...page.keys[0]!], [...segment.cursor]);
    segment.isDone ||= segment.cursor === segment.end;
    segment.ready.push(kept === page.keys.length ? page : rows(page, 0, kept));
    this.#alphabet.learn(page.keys);
    return true;
  }

  /** Where an idle reader had best begin; undefined where splitting does not pay now. */
  nextSplit(running: number): { segment: Segment; point: string } | undefined {
    const allowed = WASTE_AT_FIRST + this.#pages / (running < FEW_READERS ? PAGES_WHEN_FEW : PAGES_FOR_WASTE);
    if (!this.canSplit || this.#wasted + this.#trying.size / 2 > allowed) return undefined;
    const worth = this.list.flatMap((segment) => {
      if (segment.isDone || segment.pages === 0 || segment.cursor === '' || segment.probes >= PROBES_OF_ONE) return [];
      const left = pagesLeft(segment.start, segment, segment.pages, this.#alphabet);
      return left >= WORTH_PAGES * (segment.probes + 1) ? [{ segment, left: left / (segment.probes + 1) }] : [];
    });
    worth.sort((a, b) => (a.left === b.left ? a.segment.probes - b.segment.probes : b.left - a.left));
    for (const { segment } of worth) {
      for (const point of splitPoints(segment, this.prefix, this.#alphabet)) {
        if (this.#trying.has(point)) continue;
        this.#trying.add(point);
        segment.probes += 1;
        return { segment, point };
      }
    }
    return undefined;
  }

  /** A split that came to nothing. */
  giveUp(asked: Segment, point: string): void {
    this.#trying.delete(point);
    asked.probes -= 1;
  }

  /** The first page after a point: divides the segment the point is in, or shows how far that reaches. */
  split(asked: Segment, point: string, page: AnsweredPage): void {
    this.giveUp(asked, point);
    if (!this.canSplit) return;
    if (!isAscending(page.keys, point)) {
      this.canSplit = false;
      return;
    }
    const at = this.list.findIndex((one) => !one.isDone && compareKeys(one.cursor, point) < 0 && (one.end === undefined || compareKeys(point, one.end) < 0));
    const left = this.list[at];
    const [first] = page.keys;
    const end = left?.end;
    if (left) left.end = point;
    // Its reader was faster, or nothing is there.
    if (!left || first === undefined || (end !== undefined && compareKeys(first, end) > 0)) {
      this.#wasted += 1;
      return;
    }
    const right = newSegment(point, end);
    right.level = commonLength([...left.cursor], [...first]);
    this.list.splice(at + 1, 0, right);
    this.take(right, page);
  }

  drop(segment: Segment): void {
    this.list.splice(this.list.indexOf(segment), 1);
  }
}

const newSegment = (start: string, end: string | undefined): Segment => ({
  ...{ start, cursor: start, end, token: undefined, level: undefined, spread: 0 },
  ...{ isBusy: false, isDone: false, probes: 0, pages: 0, ready: [] },
});
