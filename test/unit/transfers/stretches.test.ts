import { expect, test } from 'vitest';
import { Stretches, type Stretch } from '../../../electron/transfers/download/stretches.ts';

const RANGE = 1000;
const ranges = (...of: [number, number][]) => of.flatMap(([next, end]) => Array.from({ length: end - next }, (_, at) => next + at));
const shown = (stretch: Stretch | undefined) => stretch && [stretch.next, stretch.end];
/** Its answer began at `began` and brought so many bytes since. */
function going(stretches: Stretches, stretch: Stretch, began: number, bytes: number): Stretch {
  stretch.asked = began - 100;
  stretches.answered(stretch, began);
  stretch.bytes = bytes;
  return stretch;
}

test('every lane asks for its share at once', () => {
  const stretches = new Stretches(ranges([0, 32]), RANGE, 8);
  expect(Array.from({ length: 8 }, () => shown(stretches.take(Infinity)))).toEqual(Array.from({ length: 8 }, (_, lane) => [lane * 4, lane * 4 + 4]));
  expect(stretches.take(Infinity)).toBeUndefined();
});

test('shares differ by one range at most, and never reach over what is there already', () => {
  const nine = new Stretches(ranges([0, 9]), RANGE, 8);
  expect(Array.from({ length: 8 }, () => nine.take(Infinity)!).map(({ next, end }) => end - next)).toEqual([2, 1, 1, 1, 1, 1, 1, 1]);
  const rest = new Stretches(ranges([3, 4], [6, 16]), RANGE, 2);
  expect([rest.take(Infinity), rest.take(Infinity), rest.take(Infinity)].map(shown)).toEqual([[3, 4], [6, 12], [12, 16]]);
});

test('while others wait, a request asks for little, and one under way leaves the rest to later ones', () => {
  const stretches = new Stretches(ranges([0, 16]), RANGE, 1);
  const all = stretches.take(Infinity)!;
  expect(shown(all)).toEqual([0, 16]);
  all.next = 3;
  stretches.cutShort(all);
  expect(all.end).toBe(3);
  stretches.leave(all, 0);
  expect(shown(stretches.take(4))).toEqual([3, 7]);
});

test('an idle lane takes over half of what the slowest has not begun', () => {
  const stretches = new Stretches(ranges([0, 16]), RANGE, 2);
  const [fast, slow] = [going(stretches, stretches.take(Infinity)!, 100, 8000), going(stretches, stretches.take(Infinity)!, 100, 1500)];
  slow.next = 9;
  stretches.leave(fast, 1700);
  expect(shown(stretches.split(1700))).toEqual([13, 16]);
  expect(shown(slow)).toEqual([9, 13]);
});

test('what stands still is taken over but for the range that came last', () => {
  const stretches = new Stretches(ranges([0, 8]), RANGE, 2);
  const [fast, still] = [going(stretches, stretches.take(Infinity)!, 0, 4000), going(stretches, stretches.take(Infinity)!, 0, 10)];
  stretches.leave(fast, 1000);
  const taken = [stretches.split(3000), stretches.split(3000), stretches.split(3000)];
  expect(taken.map(shown)).toEqual([[6, 8], [5, 6], undefined]);
  expect(shown(still)).toEqual([4, 5]);
});

test.each([
  ['whose answer has not begun', (_: Stretches, slow: Stretch) => void (slow.asked = 0), 10_000],
  ['that will be done sooner than a new request', (all: Stretches, slow: Stretch) => void (going(all, slow, 0, 6500).next = 14), 1200],
  ['that is too young to be judged', (all: Stretches, slow: Stretch) => void going(all, slow, 1600, 1), 1700],
])('nobody takes over from one %s', (_, slowly, now) => {
  const stretches = new Stretches(ranges([0, 16]), RANGE, 2);
  const fast = going(stretches, stretches.take(Infinity)!, 900, 8000);
  slowly(stretches, stretches.take(Infinity)!);
  stretches.leave(fast, 1000);
  expect(stretches.split(now)).toBeUndefined();
});

test('after a failure nothing is begun, and what comes ends with its range', () => {
  const stretches = new Stretches(ranges([0, 16]), RANGE, 2);
  const [begun, waiting] = [going(stretches, stretches.take(4)!, 0, 10), stretches.take(4)!];
  stretches.stop();
  expect([begun, waiting].map(shown)).toEqual([[0, 1], [4, 4]]);
  expect(stretches.take(Infinity)).toBeUndefined();
});
