/** Ranges of an object, from `next` on and before `end`, that one request asks for. */
export interface Stretch {
  /** The range whose bytes come now. */
  next: number;
  end: number;
  /** When its request went out and its answer began, ms. */
  asked?: number;
  began?: number;
  /** Bytes that came since. */
  bytes: number;
}

/** An answer is judged by its speed after so many ms. */
const JUDGED = 1_000;
/** To ask anew must save so many ms, and this part of what is left. */
const [SAVES, PART] = [500, 0.25];
/** Bytes a ms of what stands still. */
const STILL = 0.001;

/**
 * Who fetches which ranges of an object. A request may be dear: S3 thinks for some tens of milliseconds before the first
 * byte, other servers make the whole object anew for each. So each of `lanes` asks for its share in one request; who is
 * done early takes over half of what the slowest has not begun, where a new request is worth that.
 */
export class Stretches {
  private readonly free: { next: number; end: number }[] = [];
  private readonly taken = new Set<Stretch>();
  private left = 0;
  private readonly share: number;
  private stopped = false;
  private readonly waiting = new Set<() => void>();
  /** Bytes a ms of the best answer so far, and the longest wait for the beginning of one. */
  private best = 0;
  private latency = 0;

  /** `missing`: the ranges to fetch, ascending. */
  constructor(
    missing: Iterable<number>,
    private readonly rangeSize: number,
    private readonly lanes: number,
  ) {
    for (const range of missing) {
      const last = this.free.at(-1);
      if (last?.end === range) last.end += 1;
      else this.free.push({ next: range, end: range + 1 });
      this.left += 1;
    }
    this.share = Math.ceil(this.left / lanes);
  }

  /** Resolves when something changed, or after `ms`. */
  change(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(timer);
        this.waiting.delete(go);
        resolve();
      };
      const timer = setTimeout(go, ms);
      this.waiting.add(go);
    });
  }

  private changed(): void {
    for (const go of [...this.waiting]) go();
  }

  /** The next one for a lane: at most `most` ranges, the first that nobody has. `undefined`: there is none for now. */
  take(most: number): Stretch | undefined {
    const first = this.stopped ? undefined : this.free[0];
    if (!first) return undefined;
    const fair = Math.ceil(this.left / Math.max(1, this.lanes - this.taken.size));
    const stretch: Stretch = { next: first.next, end: Math.min(first.end, first.next + Math.max(1, Math.min(this.share, fair, most))), bytes: 0 };
    this.left -= stretch.end - stretch.next;
    first.next = stretch.end;
    if (first.next === first.end) this.free.shift();
    this.taken.add(stretch);
    return stretch;
  }

  /** Somebody still fetches: what is free now is not all there will be. */
  get busy(): boolean {
    return this.taken.size > 0;
  }

  answered(stretch: Stretch, now: number): void {
    this.latency = Math.max(this.latency, now - (stretch.asked ?? now));
    [stretch.began, stretch.bytes] = [now, 0];
  }

  /** Ends with the range whose bytes came last; the others are free again. */
  cutShort(stretch: Stretch): void {
    if (stretch.next >= stretch.end) return;
    this.free.unshift({ next: stretch.next, end: stretch.end });
    this.left += stretch.end - stretch.next;
    stretch.end = stretch.next;
    this.changed();
  }

  /** The lane has done with it. */
  leave(stretch: Stretch, now: number): void {
    this.best = Math.max(this.best, speedOf(stretch, now));
    this.taken.delete(stretch);
    this.changed();
  }

  /** Half of what the slowest has not begun, for a lane that has nothing to do; `undefined` where that would not pay. */
  split(now: number): Stretch | undefined {
    if (this.stopped) return undefined;
    const leftOf = (stretch: Stretch) => ((stretch.end - stretch.next - 1) * this.rangeSize) / Math.max(STILL, speedOf(stretch, now));
    const judged = [...this.taken].filter((stretch) => stretch.began !== undefined && now - stretch.began >= JUDGED && stretch.end - stretch.next > 1);
    const slowest = judged.sort((a, b) => leftOf(b) - leftOf(a))[0];
    if (!slowest) return undefined;
    const best = Math.max(this.best, ...[...this.taken].map((stretch) => speedOf(stretch, now)));
    const spare = slowest.end - slowest.next - 1;
    const half = Math.ceil(spare / 2);
    const left = leftOf(slowest);
    const anew = Math.max((left * (spare - half)) / spare, this.latency + (half * this.rangeSize) / best);
    if (!(left - anew >= Math.max(SAVES, left * PART))) return undefined;
    slowest.end -= half;
    const stretch: Stretch = { next: slowest.end, end: slowest.end + half, bytes: 0 };
    this.taken.add(stretch);
    return stretch;
  }

  /** Nothing more is begun; what comes now is taken to the end of its range. */
  stop(): void {
    this.stopped = true;
    for (const stretch of this.taken) stretch.end = Math.min(stretch.end, stretch.began === undefined ? stretch.next : stretch.next + 1);
    this.changed();
  }
}

/** Bytes a ms, since its answer began. */
function speedOf({ began, bytes }: Stretch, now: number): number {
  return began === undefined || now <= began ? 0 : bytes / (now - began);
}
