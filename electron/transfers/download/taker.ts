import type { FileHandle } from 'node:fs/promises';
import { Semaphore } from '../limiter.ts';
import { localError } from '../localError.ts';

/** Takes the bytes of one range, from its first to its last. */
export interface Taker {
  /** Room for the bytes that come next. */
  space(): Buffer;
  /** So many are at its beginning now. Where it gives a promise, there is no more room until that resolves. */
  took(count: number): Promise<unknown> | undefined;
  /** From the first byte again. */
  restart(): Promise<void>;
  /** Resolves when all bytes are where they belong. */
  end(): Promise<void>;
}

/** Into memory. */
export function intoMemory(bytes: Buffer): Taker {
  let got = 0;
  return {
    space: () => bytes.subarray(got),
    took: (count) => void (got += count),
    restart: async () => void (got = 0),
    end: async () => undefined,
  };
}

export const BLOCK = 1024 * 1024;
/** How long memory nobody uses is kept for the next range, ms. */
const KEEP = 2_000;

// Used again and again: every fresh buffer has to be faulted in, which takes longer than filling it.
let free: Buffer[] = [];
let used = 0;
let forget: NodeJS.Timeout | undefined;

/** Runs `work` with two blocks of memory. How many are in use is limited by who calls. */
async function withBlocks<T>(work: (blocks: [Buffer, Buffer]) => Promise<T>): Promise<T> {
  clearTimeout(forget);
  used += 1;
  const block = () => free.pop() ?? Buffer.allocUnsafeSlow(BLOCK);
  const blocks: [Buffer, Buffer] = [block(), block()];
  try {
    return await work(blocks);
  } finally {
    free.push(...blocks);
    used -= 1;
    if (used === 0) forget = setTimeout(() => (free = []), KEEP).unref();
  }
}

/** One block on its way to the disk. */
interface Write {
  done: boolean;
  ended: Promise<void>;
}
const NOTHING_WRITTEN: Write = { done: true, ended: Promise.resolve() };

/**
 * To a place in a file: one block fills while the one before it is written. `name` is what errors call the file. The
 * blocks are given back when `work` has ended, whatever came of it.
 */
export function intoFile<T>(handle: FileHandle, position: number, name: string, work: (taker: Taker) => Promise<T>): Promise<T> {
  return withBlocks(async ([first, second]) => {
    let [filling, other] = [first, second];
    let filled = 0;
    let at = position;
    let failure: unknown;
    // Of each block its own: two may be under way, and end in any order.
    let [before, last]: [Write, Write] = [NOTHING_WRITTEN, NOTHING_WRITTEN];
    const write = (bytes: Buffer): Write => {
      const place = at;
      at += bytes.length;
      const one: Write = { done: false, ended: Promise.resolve() };
      one.ended = writeAt(handle, bytes, place, name)
        .catch((error: unknown) => void (failure ??= error))
        .then(() => void (one.done = true));
      return one;
    };
    const ended = () => Promise.all([before.ended, last.ended]);
    const taker: Taker = {
      space: () => filling.subarray(filled),
      took(count) {
        if (failure) throw failure;
        filled += count;
        if (filled < BLOCK) return undefined;
        [before, last] = [last, write(filling)];
        [filling, other, filled] = [other, filling, 0];
        return before.done ? undefined : before.ended;
      },
      async restart() {
        await ended();
        at = position;
        filled = 0;
      },
      async end() {
        await ended();
        if (filled > 0) await write(filling.subarray(0, filled)).ended;
        filled = 0;
        if (failure) throw failure;
      },
    };
    try {
      return await work(taker);
    } finally {
      await ended(); // they read from the blocks
    }
  });
}

/** Writes of one file at a time: the system locks the file for each, and more threads would spin while they wait. */
const WRITERS = 2;
const writers = new WeakMap<FileHandle, Semaphore>();

function writeAt(handle: FileHandle, bytes: Buffer, position: number, name: string): Promise<void> {
  let width = writers.get(handle);
  if (!width) writers.set(handle, (width = new Semaphore(WRITERS)));
  return width.run(async () => {
    try {
      for (let done = 0; done < bytes.length; ) done += (await handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
    } catch (error) {
      throw localError(error, name, 'write');
    }
  });
}
