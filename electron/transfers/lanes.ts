import type { AppErrorData } from '../../shared/errors.ts';
import { AdaptiveLimiter } from './limiter.ts';
import { Reach } from './reach.ts';
import type { TransferRecord } from './records.ts';
import type { Tuning } from './tuning.ts';

/** What all transfers of one connection share. */
export interface Lane {
  /** How many requests go out at a time. */
  limiter: AdaptiveLimiter;
  /** Whether anybody answers. */
  reach: Reach;
}

type Ends = Pick<TransferRecord, 'connectionId' | 'fromConnectionId'>;

export class Lanes {
  private readonly lanes = new Map<string, Lane>();

  constructor(private readonly tuning: Tuning) {}

  of(connectionId: string): Lane {
    let lane = this.lanes.get(connectionId);
    if (!lane) this.lanes.set(connectionId, (lane = { limiter: new AdaptiveLimiter(this.tuning.requestsAtFirst, this.tuning.requestsAtMost), reach: new Reach(this.tuning) }));
    return lane;
  }

  /** Why a transfer can move nothing: one of its connections cannot be reached. */
  goneOf({ connectionId, fromConnectionId = connectionId }: Ends): AppErrorData | undefined {
    return this.of(connectionId).reach.gone ?? this.of(fromConnectionId).reach.gone;
  }

  /** Asks at once whether its connections can be reached again. */
  tryNow({ connectionId, fromConnectionId = connectionId }: Ends): void {
    for (const id of new Set([connectionId, fromConnectionId])) this.of(id).reach.tryNow();
  }

  /** The machine slept. */
  woke(): void {
    for (const { reach } of this.lanes.values()) reach.woke();
  }
}
