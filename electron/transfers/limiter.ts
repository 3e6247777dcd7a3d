/** Lets at most `limit` pieces of work run; the limit can change while they do. */
export class Semaphore {
  private used = 0;
  private readonly waiting: { weight: number; start(): void }[] = [];

  constructor(protected limit: number) {}

  /** Runs `work` when there is room for its weight. A weight above the limit runs alone. Rejects where the signal aborts before. */
  async run<T>(work: () => Promise<T>, weight = 1, signal?: AbortSignal): Promise<T> {
    if (this.waiting.length > 0 || !this.fits(weight)) await this.turn(weight, signal);
    else this.used += weight;
    try {
      return await work();
    } finally {
      this.used -= weight;
      this.admit();
    }
  }

  /** Somebody waits. */
  get crowded(): boolean {
    return this.waiting.length > 0;
  }

  private turn(weight: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const entry = {
        weight,
        start: () => {
          signal?.removeEventListener('abort', leave);
          resolve();
        },
      };
      const leave = () => {
        this.waiting.splice(this.waiting.indexOf(entry), 1);
        reject(signal!.reason as Error);
        this.admit(); // it may have held up lighter ones
      };
      if (signal?.aborted) return reject(signal.reason as Error);
      signal?.addEventListener('abort', leave, { once: true });
      this.waiting.push(entry);
    });
  }

  private fits = (weight: number) => this.used === 0 || this.used + weight <= this.limit;

  protected admit(): void {
    while (this.waiting.length > 0 && this.fits(this.waiting[0]!.weight)) {
      const next = this.waiting.shift()!;
      this.used += next.weight;
      next.start();
    }
  }
}

/**
 * How many requests go to one connection at a time: halved when the service asks to slow down, one more after as many
 * successes as are allowed now (additive increase, multiplicative decrease).
 */
export class AdaptiveLimiter extends Semaphore {
  private successes = 0;
  private lastCut = 0;

  constructor(
    start: number,
    private readonly max: number,
  ) {
    super(start);
  }

  get current(): number {
    return this.limit;
  }

  succeeded(): void {
    if (this.limit >= this.max) return;
    this.successes += 1;
    if (this.successes < this.limit) return;
    this.successes = 0;
    this.limit += 1;
    this.admit();
  }

  /** Requests that were under way together are refused together: they count as one. */
  throttled(now = Date.now()): void {
    this.successes = 0;
    if (now - this.lastCut < 500) return;
    this.lastCut = now;
    this.limit = Math.max(1, Math.floor(this.limit / 2));
  }
}
