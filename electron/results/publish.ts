import { copyFile, open, rename, rm, stat } from 'node:fs/promises';
import { AppError } from '../../shared/errors.ts';

async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** On another disk: a copy beside the target under a name of its own, then renamed. */
async function copyAcross(staged: string, target: string): Promise<void> {
  const aside = `${target}.secchi-partial`;
  try {
    await copyFile(staged, aside);
    await sync(aside);
    await rename(aside, target);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
  await rm(staged, { force: true });
}

/**
 * Moves a finished file to where the user wants it: whole and on disk, or not at all; an older file there stays until
 * then. DiskFull, AccessDenied and NotFound name the target.
 */
export async function publish(staged: string, target: string): Promise<void> {
  const { size } = await stat(staged);
  try {
    await sync(staged);
    try {
      await rename(staged, target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
      await copyAcross(staged, target);
    }
  } catch (error) {
    await rm(staged, { force: true });
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC') throw diskFull(target, size, error);
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') throw new AppError('AccessDenied', `${target} cannot be written.`, { detail: message, resource: target, cause: error });
    if (code === 'ENOENT') throw new AppError('NotFound', `The folder of ${target} is no longer there.`, { detail: message, resource: target, cause: error });
    throw new AppError('Internal', `${target} could not be written.`, { detail: message, resource: target, cause: error });
  }
}

/** FAULTS 11: what is missing is said in bytes. */
export const diskFull = (target: string, bytes: number, cause?: unknown) =>
  new AppError('DiskFull', `The disk is full: ${target} needs ${bytes.toLocaleString('en')} bytes.`, { detail: 'Free some space, or choose another disk.', resource: target, cause });
