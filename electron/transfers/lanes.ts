import { AdaptiveLimiter } from './limiter.ts';
import { Reach } from './reach.ts';
import type { Tuning } from './tuning.ts';

/** What all transfers of one connection share. */
export interface Lane {
  /** How many requests go out at a time. */
  limiter: AdaptiveLimiter;
  /** Whether anybody answers. */
  reach: Reach;
}

export class Lanes {
  private readonly lanes = new Map<string, Lane>();

  constructor(private readonly tuning: Tuning) {}

  of(connectionId: string): Lane {
    let lane = this.lanes.get(connectionId);
    if (!lane) this.lanes.set(connectionId, (lane = { limiter: new AdaptiveLimiter(this.tuning.requestsAtFirst, this.tuning.requestsAtMost), reach: new Reach(this.tuning) }));
    return lane;
  }

  /** The machine slept. */
  woke(): void {
    for (const { reach } of this.lanes.values()) reach.woke();
  }
}
