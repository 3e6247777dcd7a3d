import { BLOCK, withBlocks } from './blocks.ts';
import type { TargetFile } from './targetFile.ts';

/** Takes bytes that follow each other, from the first to the last. */
export interface Taker {
  /** Room for the bytes that come next. */
  space(): Buffer;
  /** So many are at its beginning now. Where it gives a promise, there is no more room until that resolves. */
  took(count: number): Promise<unknown> | undefined;
  /** Resolves when all bytes are where they belong. */
  end(): Promise<void>;
}

/** The same for a file. */
export interface FileTaker extends Taker {
  /** All that came is written now, not only whole blocks. `room`: as `took`; `written` resolves when it is in the file. */
  flush(): { room: Promise<unknown> | undefined; written: Promise<void> };
}

/** Into memory. */
export function intoMemory(bytes: Buffer): Taker {
  let got = 0;
  return {
    space: () => bytes.subarray(got),
    took: (count) => void (got += count),
    end: async () => undefined,
  };
}

/** One block on its way to the disk. */
interface Write {
  done: boolean;
  ended: Promise<void>;
}
const NOTHING_WRITTEN: Write = { done: true, ended: Promise.resolve() };

/**
 * To a place in a file: one block fills while the one before it is written. The blocks are given back when `work` has
 * ended, whatever came of it.
 */
export function intoFile<T>(file: TargetFile, position: number, work: (taker: FileTaker) => Promise<T>): Promise<T> {
  return withBlocks(async ([first, second]) => {
    let [filling, other] = [first, second];
    let filled = 0;
    let at = position;
    let failure: unknown;
    // Of each block its own: two may be under way, and end in any order.
    let [before, last]: [Write, Write] = [NOTHING_WRITTEN, NOTHING_WRITTEN];
    const write = (count: number): Write => {
      const place = at;
      at += count;
      const one: Write = { done: false, ended: Promise.resolve() };
      one.ended = file
        .write(filling, count, place)
        .catch((error: unknown) => void (failure ??= error))
        .then(() => void (one.done = true));
      return one;
    };
    const ended = () => Promise.all([before.ended, last.ended]);
    const turn = (count: number) => {
      [before, last] = [last, write(count)];
      [filling, other, filled] = [other, filling, 0];
    };
    const written = async () => {
      await ended();
      if (failure) throw failure;
    };
    const room = () => (before.done ? undefined : before.ended);
    const taker: FileTaker = {
      space: () => filling.bytes.subarray(filled),
      took(count) {
        if (failure) throw failure;
        filled += count;
        if (filled < BLOCK) return undefined;
        turn(BLOCK);
        return room();
      },
      flush() {
        if (filled > 0) turn(filled);
        return { room: room(), written: written() };
      },
      async end() {
        if (filled > 0) turn(filled);
        await written();
      },
    };
    try {
      return await work(taker);
    } finally {
      await ended(); // they read from the blocks
    }
  });
}
