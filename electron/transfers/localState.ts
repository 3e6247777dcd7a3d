import { lstat } from 'node:fs/promises';
import { AppError } from '../../shared/errors.ts';
import { localError } from './localError.ts';

/** What is at a path of this machine: a regular file of so many bytes and this time, ms since 1970, or something else. */
export type LocalState = { size: number; mtimeMs: number } | 'other' | undefined;

/** A link is `other`: it is not followed. undefined: nothing is there. */
export async function localState(at: string): Promise<LocalState> {
  try {
    const found = await lstat(at);
    return found.isFile() ? { size: found.size, mtimeMs: found.mtimeMs } : 'other';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw localError(error, at, 'read');
  }
}

/** Sums of seconds and nanoseconds round differently in the last digits. */
const isSameTime = (one: number, other: number) => Math.abs(one - other) < 0.01;

export const isAsSeen = (now: LocalState, seen: { size: number; mtimeMs: number } | undefined): boolean =>
  seen === undefined ? now === undefined : typeof now === 'object' && now.size === seen.size && isSameTime(now.mtimeMs, seen.mtimeMs);

/** Conflict where a path is not what the plan saw there; `seen` undefined: nothing. */
export async function assertAsPlanned(at: string, seen: { size: number; mtimeMs: number } | undefined): Promise<void> {
  const now = await localState(at);
  if (isAsSeen(now, seen)) return;
  throw new AppError('Conflict', `${at} ${now === undefined ? 'was deleted' : seen === undefined ? 'was made' : 'was changed'} since the plan was made.`, {
    detail: 'It was left as it is. Plan again to take it as it is now.',
    resource: at,
  });
}
