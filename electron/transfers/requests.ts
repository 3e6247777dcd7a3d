import { HeadBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { isUnreachable } from '../aws/errors.ts';
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
/** They may mean that nobody is there. */
const DOUBTFUL = new Set(['Network', 'Timeout', 'Unavailable']);
/** 503s that are not called SlowDown mean the same: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const isBusy = ({ code, awsCode }: AppError): boolean => code === 'Throttled' || awsCode === 'ServiceUnavailable';
const GOES_ON = 'It goes on by itself, with fewer requests at a time.';
/** From so many tries on the row says what it waits for. */
const SAID = 3;
/** What is stopped ends by itself; what does not within so many ms is left to. */
const GRACE = 500;

export const cancelled = (job: Job): AppError => new AppError('Cancelled', `The transfer of ${job.record.source} was stopped.`);

/**
 * Sends one S3 request until it is answered: within the connection's adaptive limit, given up when it stalls, repeated
 * with exponential back-off and full jitter where that can help. While the endpoint cannot be reached at all it waits,
 * however long that takes, and so it does while the service asks to slow down, ever less often and with fewer requests at a
 * time. `send` may be called several times.
 *
 * Throws AppError naming action and resource; Cancelled when the job's signal aborts.
 */
export async function request<T>(job: Job, options: RequestOptions, send: (sending: Sending) => Promise<T>): Promise<T> {
  const { tuning, limiter, reach, signal } = job;
  const stopped = () => {
    throw cancelled(job);
  };
  for (let attempt = 1; ; attempt += 1) {
    if (reach.gone && !job.hasty) {
      job.waits(reach.gone);
      await reach.passes(signal).catch(stopped);
      job.waits(undefined);
    }
    try {
      const answer = await limiter.run(() => once(job, options, send), 1, signal);
      limiter.succeeded();
      reach.answered();
      if (attempt > SAID) job.waits(undefined);
      return answer;
    } catch (error) {
      if (signal.aborted) throw cancelled(job);
      if (!(error instanceof AppError)) throw error;
      if (isBusy(error)) limiter.throttled();
      if (!AGAIN.has(error.code)) throw error;
      const gone = job.hasty ? undefined : await nobodyIsThere(job, error);
      if (gone) {
        reach.lost(gone.toData(), () => ask(job));
        attempt = 0;
        continue;
      }
      const busy = isBusy(error) && !job.hasty;
      if (attempt >= tuning.attempts && !busy) throw error;
      if (attempt >= SAID) job.waits(busy ? { ...error.toData(), code: 'Throttled', detail: GOES_ON } : error.toData());
    }
    const longest = Math.min(tuning.longestWait, tuning.firstWait * 2 ** (attempt - 1));
    await reach.pause(longest * (0.5 + Math.random() / 2), signal).catch(stopped);
  }
}

/** Why the endpoint says nothing at all; undefined where this request alone failed. */
async function nobodyIsThere(job: Job, error: AppError): Promise<AppError | undefined> {
  if (isUnreachable(error)) return error;
  if (!DOUBTFUL.has(error.code)) return undefined;
  const why = await job.reach.answers(() => ask(job));
  return why?.code === 'Cancelled' ? error : why;
}

/** Asks something small; undefined where that is answered, be it with a refusal. */
async function ask({ aws, record: { connectionId, bucket }, tuning }: Job): Promise<AppError | undefined> {
  const abortSignal = AbortSignal.timeout(tuning.probe);
  try {
    await aws.attempt({ connectionId, action: 's3:ListBucket', resource: s3Uri(bucket) }, ({ s3 }) => s3.send(new HeadBucketCommand({ Bucket: bucket }), { abortSignal }));
    return undefined;
  } catch (error) {
    return error instanceof AppError && (DOUBTFUL.has(error.code) || error.code === 'Cancelled') ? error : undefined;
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
  const giveUp = () => {
    stalled = true;
    stop.abort();
  };
  const watchdog = setTimeout(giveUp, stall);
  let afterSleep: NodeJS.Timeout | undefined;
  const touch = () => {
    clearTimeout(afterSleep);
    watchdog.refresh();
  };
  // A socket that survived the sleep says so soon.
  const stopWaking = job.reach.onWake(() => {
    clearTimeout(afterSleep);
    afterSleep = setTimeout(giveUp, Math.min(stall, job.tuning.probe));
  });
  let late: NodeJS.Timeout | undefined;
  const leftAlone = new Promise<never>((_, reject) => {
    stop.signal.addEventListener('abort', () => (late = setTimeout(() => reject(cancelled(job)), GRACE)), { once: true });
  });
  try {
    return await Promise.race([job.aws.attempt({ connectionId, action, resource }, ({ s3, leanS3 }) => send({ s3, leanS3, signal: stop.signal, touch })), leftAlone]);
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
    for (const timer of [watchdog, afterSleep, late]) clearTimeout(timer);
    stopWaking();
    job.signal.removeEventListener('abort', onAbort);
  }
}
