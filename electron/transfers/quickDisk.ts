import { closeSync, constants, fstatSync, openSync, readSync, unlinkSync, writeSync, type BigIntStats } from 'node:fs';

/** Calls that take longer (ms), several of them together, show a slow disk or share: for a while nobody blocks on it. */
const TOO_LONG = 15;
const SEVERAL = 4;
const PATIENCE = 10_000;
let slowUntil = 0;
let slowCalls = 0;

/**
 * Small pieces of disk work that are done at once on this thread: handing each to the thread pool costs ten times what a
 * local disk takes. Where they take long, `patient` is used instead for ten seconds.
 */
export function quickly<T>(quick: () => T, patient: () => Promise<T>): T | Promise<T> {
  const begun = performance.now();
  if (begun < slowUntil) return patient();
  try {
    return quick();
  } finally {
    const now = performance.now();
    // One alone may be this thread waiting for its processor.
    slowCalls = now - begun > TOO_LONG ? slowCalls + 1 : Math.max(0, slowCalls - 0.1);
    if (slowCalls >= SEVERAL) {
      slowUntil = now + PATIENCE;
      slowCalls = 0;
    }
  }
}

export interface SmallFile {
  bytes: Buffer;
  stat: BigIntStats;
}

/** A whole regular file of at most `most` bytes that did not change while it was read; else undefined. Links are not followed. */
export function readSmall(path: string, most: number): SmallFile | undefined {
  const fd = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = fstatSync(fd, { bigint: true });
    const size = Number(stat.size);
    if (!stat.isFile() || size > most) return undefined;
    const bytes = Buffer.allocUnsafe(size);
    let filled = 0;
    while (filled < size) {
      const count = readSync(fd, bytes, filled, size - filled, filled);
      if (count === 0) return undefined;
      filled += count;
    }
    const after = fstatSync(fd, { bigint: true });
    return after.size === stat.size && after.mtimeNs === stat.mtimeNs ? { bytes, stat } : undefined;
  } finally {
    closeSync(fd);
  }
}

/** Makes a new file of these bytes in place of what an earlier try left there. Its descriptor is the caller's to sync and close. */
export function writeSmall(path: string, bytes: Buffer): number {
  const create = () => openSync(path, 'wx', 0o666);
  let fd: number;
  try {
    fd = create();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    unlinkSync(path);
    fd = create();
  }
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done, bytes.length - done, done);
    return fd;
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}
