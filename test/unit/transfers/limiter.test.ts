import { expect, test } from 'vitest';
import { AdaptiveLimiter, Semaphore } from '../../../electron/transfers/limiter.ts';

/** Work that runs until it is told to end. */
function held() {
  let running = 0;
  const ends: (() => void)[] = [];
  const work = async () => {
    running += 1;
    await new Promise<void>((end) => ends.push(end));
    running -= 1;
  };
  return { work, ends, running: () => running };
}

test('no more runs than fits; heavy work runs alone rather than never', async () => {
  const semaphore = new Semaphore(10);
  const { work, ends, running } = held();
  const all = [semaphore.run(work, 6), semaphore.run(work, 4), semaphore.run(work, 50), semaphore.run(work, 1)];
  expect(running()).toBe(2);
  ends[0]!();
  ends[1]!();
  await all[0];
  await all[1];
  await expect.poll(running).toBe(1); // the heavy one; the light one behind it waits its turn
  ends[2]!();
  await expect.poll(() => ends.length).toBe(4);
  ends[3]!();
  await Promise.all(all);
});

test('FAULTS 18: halves when told to slow down, once for a burst, and grows again one by one', () => {
  const limiter = new AdaptiveLimiter(8, 12);
  limiter.throttled(1000);
  limiter.throttled(1001);
  expect(limiter.current).toBe(4);
  limiter.throttled(2000);
  limiter.throttled(3000);
  limiter.throttled(4000);
  expect(limiter.current).toBe(1);
  for (let n = 0; n < 1 + 2 + 3; n += 1) limiter.succeeded();
  expect(limiter.current).toBe(4);
  for (let n = 0; n < 1000; n += 1) limiter.succeeded();
  expect(limiter.current).toBe(12);
});
