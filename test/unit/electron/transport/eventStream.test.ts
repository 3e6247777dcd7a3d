import { expect, test } from 'vitest';
import { eventStream } from '../../../../electron/transport/eventStream.ts';

/** A source whose listeners can be counted. */
function source<T>(value?: T) {
  const listeners = new Set<(value: T) => void>();
  return {
    current: () => value,
    onChange(listener: (value: T) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    set(next: T) {
      value = next;
      for (const listener of listeners) listener(next);
    },
    listeners,
  };
}

test('begins with the current value, ends after the last one, and lets go of the source', async () => {
  const counted = source(1);
  const stream = eventStream(counted, { every: 0, isLast: (value) => value === 3 });
  expect(await stream.next()).toEqual({ done: false, value: 1 });
  const next = stream.next();
  counted.set(2);
  expect(await next).toEqual({ done: false, value: 2 });
  counted.set(3);
  expect(await stream.next()).toEqual({ done: false, value: 3 });
  expect(await stream.next()).toEqual({ done: true, value: undefined });
  expect(counted.listeners.size).toBe(0);
});

test('a million changes nobody reads are one waiting value', async () => {
  const counted = source(0);
  const stream = eventStream(counted, { every: 0, merge: (a, b) => a + b });
  for (let i = 0; i < 1_000_000; i++) counted.set(1);
  expect((await stream.next()).value).toBe(1_000_000);
});

test('at most one event an interval, but the last one at once', async () => {
  const counted = source(0);
  const stream = eventStream(counted, { every: 60_000, isLast: (value) => value < 0 });
  await stream.next();
  counted.set(1);
  const pending = stream.next();
  counted.set(-1);
  expect((await pending).value).toBe(-1);
});

test.each(['return', 'abort'] as const)('a reader that leaves by %s, with a read pending, ends the stream at once', async (way) => {
  const counted = source<number>();
  const controller = new AbortController();
  const stream = eventStream(counted, { signal: controller.signal });
  const pending = stream.next();
  if (way === 'return') await stream.return();
  else controller.abort();
  expect(await pending).toEqual({ done: true, value: undefined });
  expect(counted.listeners.size).toBe(0);
});

test('an abort before the first read ends it', async () => {
  const counted = source(1);
  const stream = eventStream(counted, { signal: AbortSignal.abort() });
  expect((await stream.next()).done).toBe(true);
  expect(counted.listeners.size).toBe(0);
});
