import type { BandwidthLimits } from '../../shared/contract/transfers.ts';

/** How often those who wait are looked at, ms. */
const TICK = 50;
/** What may go out at once after a pause, as seconds at the rate. */
const BURST = 0.25;

interface Waiting {
  bytes: number;
  resolve(): void;
  /** Told while it waits, so that nobody takes it for stalled. */
  touch?: (() => void) | undefined;
}

/**
 * A token bucket that all transfers of one direction draw from, first come first served. A rate that is set applies to
 * those who wait already.
 */
export class TokenBucket {
  private tokens = 0;
  private last = performance.now();
  private timer: NodeJS.Timeout | undefined;
  private waiting: Waiting[] = [];

  /** `rate`: bytes a second; null: no limit. */
  constructor(private rate: number | null = null) {}

  get limit(): number | null {
    return this.rate;
  }

  set limit(rate: number | null) {
    this.rate = rate;
    this.tokens = 0;
    this.last = performance.now();
    this.admit();
  }

  /** Bytes to move in one go, at most: small where little may pass, so that many share it smoothly. */
  get slice(): number {
    return this.rate === null || this.rate >= 4 * 1024 * 1024 ? 256 * 1024 : 16 * 1024;
  }

  /** Resolves when `bytes` may move. `undefined` at once where there is no limit: nothing to wait for. */
  take(bytes: number, touch?: () => void): Promise<void> | undefined {
    if (this.rate === null) return undefined;
    return new Promise((resolve) => {
      this.waiting.push({ bytes, resolve, touch });
      this.admit();
    });
  }

  private admit(): void {
    const now = performance.now();
    if (this.rate !== null) this.tokens = Math.min(this.rate * BURST, this.tokens + (this.rate * (now - this.last)) / 1000);
    this.last = now;
    // The one in front goes when the debt of the one before is paid, whatever its size.
    while (this.waiting.length > 0 && (this.rate === null || this.tokens >= 0)) {
      const { bytes, resolve } = this.waiting.shift()!;
      this.tokens -= bytes;
      resolve();
    }
    for (const { touch } of this.waiting) touch?.();
    clearTimeout(this.timer);
    this.timer = this.waiting.length > 0 ? setTimeout(() => this.admit(), TICK) : undefined;
  }
}

export class Bandwidth {
  readonly up = new TokenBucket();
  readonly down = new TokenBucket();

  get limits(): BandwidthLimits {
    return { up: this.up.limit, down: this.down.limit };
  }

  set limits({ up, down }: BandwidthLimits) {
    if (up !== this.up.limit) this.up.limit = up;
    if (down !== this.down.limit) this.down.limit = down;
  }
}
