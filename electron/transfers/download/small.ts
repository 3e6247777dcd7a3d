import { closeSync, fdatasync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { modeOf } from '../checksumMode.ts';
import type { Job } from '../job.ts';
import { localError } from '../localError.ts';
import { quickly, writeSmall } from '../quickDisk.ts';
import type { FileRecord } from '../records.ts';
import { checksumHeaders, expectedChecksum } from './checksum.ts';
import { syncFolder } from './folder.ts';
import { fetchRange } from './ranges.ts';
import { intoMemory } from './taker.ts';
import { verifyBytes } from './verify.ts';

/** Objects up to here are held in memory while they are checked. */
export const SMALL = 1024 * 1024;

const sync = promisify(fdatasync);

/** The bytes of a small object, as many as it should have and with the checksum S3 keeps. */
export async function fetchSmall(job: Job, file: FileRecord): Promise<Buffer> {
  const { size } = file;
  const bytes = Buffer.allocUnsafe(size);
  const { part, headers } = await fetchRange(job, file, { offset: 0, length: size, whole: true }, intoMemory(bytes));
  await verifyBytes(job, file, expectedChecksum(modeOf(job), checksumHeaders(headers)), bytes, part.crc32);
  return bytes;
}

/** Temporary name, sync, `place`, sync of the folder: the file is there whole or as it was. */
export async function publishSmall(bytes: Buffer, temporary: string, folder: string, place: () => Promise<void>): Promise<void> {
  try {
    const fd = await quickly(
      () => writeSmall(temporary, bytes),
      () => writePatiently(temporary, bytes),
    );
    if (fd !== undefined) {
      try {
        await sync(fd);
      } finally {
        closeSync(fd); // synced: nothing is left that could take long
      }
    }
  } catch (error) {
    throw localError(error, temporary, 'write');
  }
  await place();
  await syncFolder(folder);
}

async function writePatiently(temporary: string, bytes: Buffer): Promise<undefined> {
  await rm(temporary, { force: true });
  await writeFile(temporary, bytes, { flag: 'wx', flush: true });
}
