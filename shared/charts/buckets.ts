import type { TimeBucket } from '../contract/charts.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export type CutBucket = Exclude<TimeBucket, 'auto' | 'none'>;

/** Buckets from fine to coarse, with their usual length in ms. */
export const BUCKETS: readonly { bucket: CutBucket; millis: number }[] = [
  { bucket: 'second', millis: SECOND },
  { bucket: 'minute', millis: MINUTE },
  { bucket: 'minute5', millis: 5 * MINUTE },
  { bucket: 'minute15', millis: 15 * MINUTE },
  { bucket: 'hour', millis: HOUR },
  { bucket: 'hour6', millis: 6 * HOUR },
  { bucket: 'day', millis: DAY },
  { bucket: 'week', millis: 7 * DAY },
  { bucket: 'month', millis: 30.44 * DAY },
  { bucket: 'quarter', millis: 91.31 * DAY },
  { bucket: 'year', millis: 365.24 * DAY },
  { bucket: 'decade', millis: 3652.4 * DAY },
  { bucket: 'century', millis: 36_524 * DAY },
];

const lengthOf = (bucket: CutBucket): number => BUCKETS.find((one) => one.bucket === bucket)!.millis;

/** How many buckets a span of ms has, about. */
export const bucketCount = (span: number, bucket: CutBucket): number => Math.floor(span / lengthOf(bucket)) + 1;

/** The finest bucket of which the span has at most `most`; never finer than `least`. */
export function chooseBucket(span: number, most: number, least: CutBucket = 'second'): CutBucket {
  const from = BUCKETS.findIndex(({ bucket }) => bucket === least);
  return BUCKETS.slice(from).find(({ bucket }) => bucketCount(span, bucket) <= most)?.bucket ?? 'century';
}

/** The start of the bucket after the one that starts at `start` (ms, in UTC). */
export function nextBucket(start: number, bucket: CutBucket): number {
  const at = new Date(start);
  const months = { month: 1, quarter: 3, year: 12, decade: 120, century: 1200 }[bucket as string];
  if (months === undefined) return start + lengthOf(bucket);
  at.setUTCMonth(at.getUTCMonth() + months);
  return at.getTime();
}

/** A width of 1, 2 or 5 times a power of ten, so that the span has about `bins`; whole where the numbers are. */
export function niceStep(span: number, bins: number, whole: boolean): number {
  if (!(span > 0)) return 1;
  const raw = span / bins;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((times) => times * power).find((width) => width >= raw * 0.999) ?? raw;
  return whole ? Math.max(1, Math.round(step)) : step;
}
