import type { AppErrorData } from '../../shared/errors.ts';
import type { AwsConnections } from '../aws/types.ts';
import type { Bandwidth } from './bandwidth.ts';
import type { Hashers } from './download/hashers.ts';
import type { Journal } from './journal.ts';
import type { AdaptiveLimiter, Semaphore } from './limiter.ts';
import type { TransferRecord } from './records.ts';
import type { Reach } from './reach.ts';
import type { Lanes } from './lanes.ts';
import type { Tuning } from './tuning.ts';

/** One transfer at work: what its steps need and whom they tell. */
export interface Job {
  readonly record: TransferRecord;
  /** The same as the connection of its sources sees it, where that is another one. Bytes that are read there do not count. */
  readonly source?: Job;
  /** Aborts when the transfer is paused or cancelled, or the backend closes. */
  readonly signal: AbortSignal;
  readonly aws: AwsConnections;
  readonly journal: Journal;
  readonly tuning: Tuning;
  readonly limiter: AdaptiveLimiter;
  /** Whether the connection's endpoint can be reached. */
  readonly reach: Reach;
  /** Does not wait for a network that is gone: its tries are counted. */
  readonly hasty?: boolean;
  /** Computes the checksums of what is downloaded that take a process of their own. */
  readonly hashers: Hashers;
  /** Bytes of parts in memory, over all transfers. */
  readonly memory: Semaphore;
  /** Every byte of a body waits for it, over all transfers. */
  readonly bandwidth: Bandwidth;
  /** Bytes moved of the files that are worked on right now, by index. */
  readonly active: Map<number, number>;
  /** Bytes moved; negative when they have to be moved again. */
  moved(bytes: number): void;
  /** A total or a count changed. */
  changed(): void;
  /** Files that ended, for the pace. */
  filesEnded(count: number): void;
  /** Nothing moves for now and it is tried again (with why), or (undefined) something does. */
  waits(why: AppErrorData | undefined): void;
  /** Runs after whoever works on the same key of the same bucket: one upload per key at a time. */
  alone<T>(key: string, work: () => Promise<T>): Promise<T>;
}

/** The job for whoever asks about its sources. */
export const atSource = (job: Job): Job => job.source ?? job;

/** The job as if its sources were in its own bucket. */
export function withoutSource({ source: _, ...job }: Job): Job {
  const record = Object.create(job.record, { fromConnectionId: { value: undefined }, fromBucket: { value: undefined } }) as TransferRecord;
  return { ...job, record };
}

/** The job with what it takes to read from another connection, where its sources are in one. */
export function withSource(job: Job, lanes: Lanes): Job {
  const { fromConnectionId: connectionId, fromBucket: bucket } = job.record;
  if (connectionId === undefined) return job;
  const record = Object.create(job.record, { connectionId: { value: connectionId }, bucket: { value: bucket } }) as TransferRecord;
  return { ...job, source: { ...job, ...lanes.of(connectionId), record, moved: () => undefined } };
}
