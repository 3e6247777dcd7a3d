import { expect, test } from 'vitest';
import { bucketCount, BUCKETS, chooseBucket, nextBucket, niceStep } from '../../../../shared/charts/buckets.ts';

const DAY = 86_400_000;

test.each([
  [60_000, 'second'],
  [3_600_000, 'minute'],
  [DAY, 'minute5'],
  [14 * DAY, 'hour'],
  [365 * DAY, 'day'],
  [4 * 365 * DAY, 'week'],
  [20 * 365 * DAY, 'month'],
  [9998 * 365.24 * DAY, 'century'],
] as const)('a span of %d ms is cut by %s', (span, bucket) => {
  expect(chooseBucket(span, 400)).toBe(bucket);
});

test('the chosen bucket never gives more parts than allowed, up to the coarsest', () => {
  for (let span = 1; span < 100 * 365 * DAY; span *= 3) expect(bucketCount(span, chooseBucket(span, 100))).toBeLessThanOrEqual(100);
  expect(chooseBucket(1e15 * DAY, 10)).toBe(BUCKETS.at(-1)!.bucket);
});

test('days are never cut into hours', () => {
  expect(chooseBucket(2 * DAY, 400, 'day')).toBe('day');
});

test('months follow one another by the calendar, before 1970 too', () => {
  expect(nextBucket(Date.UTC(1968, 1, 1), 'month')).toBe(Date.UTC(1968, 2, 1));
  expect(nextBucket(Date.UTC(1969, 9, 1), 'quarter')).toBe(Date.UTC(1970, 0, 1));
  expect(nextBucket(Date.UTC(1969, 11, 31), 'day')).toBe(0);
});

test('bins are 1, 2 or 5 times a power of ten, and whole for whole numbers', () => {
  expect(niceStep(100, 30, false)).toBe(5);
  expect(niceStep(1, 30, false)).toBeCloseTo(0.05, 12);
  expect(niceStep(5, 30, true)).toBe(1);
  expect(niceStep(0, 30, false)).toBe(1);
});
