import { setTimeout as wait } from 'node:timers/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import type { LeanS3 } from '../aws/leanS3.ts';
import { AppError } from '../../shared/errors.ts';
import { s3Uri } from '../services/s3/keys.ts';
import type { Job } from './job.ts';

/** What a request is about, and how long it may be silent. */
export interface RequestOptions {
  /** The IAM action, e.g. `s3:PutObject`. */
  action: string;
  key?: string;
  /** Where it is not the transfer's own bucket: the source of a copy. */
  bucket?: string;
  /** ms without a byte after which it is given up. Default: the tuning's `stall`. */
  stall?: number;
}

/** What the sender of a request gets: `touch` tells that bytes moved. */
export interface Sending {
  s3: S3Client;
  leanS3: LeanS3;
  signal: AbortSignal;
  touch(): void;
}

/** `Unavailable`: the service failed inside (5xx). */
const AGAIN = new Set(['Throttled', 'Network', 'Timeout', 'Unavailable']);

export const cancelled = (job: Job): AppError => new AppError('Cancelled', `The transfer of ${job.record.source} was stopped.`);

/**
 * Sends one S3 request until it is answered: within the connection's adaptive limit, given up when it stalls, repeated
 * with exponential back-off and full jitter where that can help. `send` may be called several times.
 *
 * Throws AppError naming action and resource; Cancelled when the job's signal aborts.
 */
export async function request<T>(job: Job, options: RequestOptions, send: (sending: Sending) => Promise<T>): Promise<T> {
  const { tuning, limiter } = job;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await limiter.run(() => once(job, options, send));
      limiter.succeeded();
      return answer;
    } catch (error) {
      if (job.signal.aborted) throw cancelled(job);
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'Throttled') limiter.throttled();
      if (!AGAIN.has(error.code) || attempt >= tuning.attempts) throw error;
    }
    const longest = Math.min(tuning.longestWait, tuning.firstWait * 2 ** (attempt - 1));
    await wait(longest * (0.5 + Math.random() / 2), undefined, { signal: job.signal }).catch(() => {
      throw cancelled(job);
    });
  }
}

async function once<T>(job: Job, { action, key, bucket = job.record.bucket, stall = job.tuning.stall }: RequestOptions, send: (sending: Sending) => Promise<T>): Promise<T> {
  if (job.signal.aborted) throw cancelled(job);
  const { connectionId } = job.record;
  const resource = s3Uri(bucket, key);
  const stop = new AbortController();
  const onAbort = () => stop.abort();
  job.signal.addEventListener('abort', onAbort, { once: true });
  let stalled = false;
  const watchdog = setTimeout(() => {
    stalled = true;
    stop.abort();
  }, stall);
  try {
    return await job.aws.attempt({ connectionId, action, resource }, ({ s3, leanS3 }) => send({ s3, leanS3, signal: stop.signal, touch: () => void watchdog.refresh() }));
  } catch (error) {
    if (!stalled) throw error;
    throw new AppError('Timeout', `${action} on ${resource} moved no byte for ${stall / 1000} s.`, {
      detail: 'The network or the endpoint stalled. Retry the transfer when it is back.',
      retryable: true,
      action,
      resource,
      cause: error,
    });
  } finally {
    clearTimeout(watchdog);
    job.signal.removeEventListener('abort', onAbort);
  }
}
