import { expect, test } from 'vitest';
import { TokenBucket } from '../../../electron/transfers/bandwidth.ts';
import { Pace } from '../../../electron/transfers/progress.ts';

test('no limit: nothing waits', () => {
  expect(new TokenBucket().take(1e9)).toBeUndefined();
});

test('bytes pass at the rate that is set, first come first served, and those who wait are kept alive', async () => {
  const bucket = new TokenBucket(1_000_000);
  const begun = performance.now();
  const order: number[] = [];
  let touched = 0;
  await Promise.all(Array.from({ length: 25 }, (_, n) => bucket.take(16_000, () => (touched += 1))!.then(() => order.push(n))));
  // 400 kB at 1 MB/s, the last slice on credit.
  expect((performance.now() - begun) / 1000).toBeGreaterThan(0.3);
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(touched).toBeGreaterThan(0);
});

test('a rate that is lifted frees those who wait at once', async () => {
  const bucket = new TokenBucket(16_384);
  const all = Promise.all(Array.from({ length: 100 }, () => bucket.take(16_384)));
  bucket.limit = null;
  await all;
});

test('time left follows the slower of bytes and small files', () => {
  const pace = new Pace();
  expect(pace.secondsLeft(1000, 10)).toBeNull();
  pace.moved(1_000_000);
  for (let n = 0; n < 10; n += 1) pace.filesEnded(1);
  // Within the first half second: counted as if it took that long.
  expect(pace.secondsLeft(2_000_000, 5)).toBe(1);
  expect(pace.secondsLeft(2_000_000, 1000)).toBe(50);
});
