import { constants } from 'node:fs';
import { open, unlink, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/errors.ts';
import { TargetTaken } from '../conflicts.ts';
import { sourceChanged } from '../copy/errors.ts';
import { modeOf } from '../checksumMode.ts';
import type { Job } from '../job.ts';
import { localError } from '../localError.ts';
import type { FileRecord, PartRecord } from '../records.ts';
import { request } from '../requests.ts';
import { checksumHeaders, expectedChecksum, type Checksum } from './checksum.ts';
import { assertRoom, noRoom, Folders, syncFolder } from './folder.ts';
import { fetchMissing, rangeSizeFor } from './missing.ts';
import { publish } from './publish.ts';
import { fetchRange, type Range } from './ranges.ts';
import { fetchSmall, publishSmall, SMALL } from './small.ts';
import { BLOCK } from './blocks.ts';
import { intoFile } from './taker.ts';
import { TargetFile } from './targetFile.ts';
import { isReadAgain, startVerifying } from './verify.ts';

const folders = new Folders();
const RESTARTS = 3;

/**
 * One object to its file: into a temporary name beside it, by ranges in parallel, checked against the checksum S3 keeps,
 * synced, then put in its place. An object that is replaced meanwhile is started again.
 */
export async function downloadObject(job: Job, index: number, file: FileRecord): Promise<void> {
  for (let restart = 0; ; restart += 1) {
    try {
      return await attempt(job, index, file);
    } catch (error) {
      job.moved(-(job.active.get(index) ?? 0));
      const replaced = error instanceof AppError && (error.awsCode === 'PreconditionFailed' || error.awsCode === 'InvalidRange');
      const damaged = error instanceof AppError && error.code === 'ChecksumMismatch';
      const full = error instanceof AppError && error.code === 'DiskFull';
      if (replaced || damaged || full) await discard(job, index, file);
      // What it had written is gone: it needs that too.
      if (full) throw await noRoom(job.record.folder!, job.record.bytesTotal - job.record.bytesDone + (job.active.get(index) ?? 0));
      if (!(replaced && restart < RESTARTS && !file.guarded) && !(damaged && restart === 0)) throw error;
      await refresh(job, file);
    }
  }
}

/** Removes what an unfinished download left. */
export async function discard(job: Job, index: number, file: FileRecord): Promise<void> {
  if (file.relativePath === undefined || file.relativePath.endsWith('/')) return;
  await unlink(temporaryPath(path.dirname(finalPath(job, file)), job, index)).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw localError(error, finalPath(job, file), 'write');
  });
  await job.journal.dropParts(job.record.id, index);
}

const finalPath = (job: Job, file: FileRecord) => path.toNamespacedPath(path.join(job.record.folder!, ...file.relativePath!.split('/')));
const temporaryPath = (folder: string, job: Job, index: number) => path.toNamespacedPath(path.join(folder, `.secchi-${job.record.id}-${index}.part`));

async function attempt(job: Job, index: number, file: FileRecord): Promise<void> {
  const segments = file.relativePath!.split('/');
  const folder = await folders.ensure(job.record.folder!, segments.slice(0, -1));
  if (segments.at(-1) === '') return; // a folder's marker object: the folder is all there is
  const target = path.join(folder, segments.at(-1)!);
  const temporary = temporaryPath(folder, job, index);
  if (file.size <= SMALL) return publishSmall(await fetchSmall(job, file), temporary, folder, () => publish(job, file, temporary, target));
  const large = file.size > job.tuning.rangeSize;
  if (large) await assertRoom(folder, file.size);
  const stored = large ? await refresh(job, file) : undefined;
  const done = large ? await job.journal.parts(job.record.id, index) : new Map<number, PartRecord>();
  const handle = await openTemporary(temporary, done, file, rangeSizeFor(job, file.size));
  // Who reads the file again at once, for its checksum, wants it from the cache.
  const opened = await TargetFile.over(handle, temporary, file.relativePath!, large && !isReadAgain(stored) ? file.size : undefined);
  try {
    if (large) await fetchRanges(job, index, file, opened, temporary, done, stored);
    else await fetchWhole(job, file, opened, temporary, done);
    await opened.sync();
  } finally {
    await opened.close();
  }
  await publish(job, file, temporary, target).catch(async (error: unknown) => {
    // The answer may be to write over it: what is here whole need not come again.
    if (large && error instanceof TargetTaken) await Promise.all([...done].map(([number, part]) => job.journal.putPart(job.record.id, index, number, part)));
    throw error;
  });
  await syncFolder(folder);
}

/** Size, ETag and checksum as they are now; a change drops the ranges of the old object. */
async function refresh(job: Job, file: FileRecord): Promise<Checksum | undefined> {
  const head = await request(job, { action: 's3:GetObject', key: file.key }, ({ s3, signal }) =>
    s3.send(new HeadObjectCommand({ Bucket: job.record.bucket, Key: file.key, ChecksumMode: 'ENABLED' }), { abortSignal: signal }),
  );
  if (file.guarded && head.ETag !== file.etag) throw sourceChanged({ bucket: job.record.bucket, key: file.key }, true);
  const size = head.ContentLength ?? 0;
  job.record.bytesTotal += size - file.size;
  file.size = size;
  file.etag = head.ETag;
  return expectedChecksum(modeOf(job), head);
}

/** The temporary file: the one of an earlier try where ranges of this very object are in it, else a new one. */
async function openTemporary(at: string, done: Map<number, PartRecord>, file: FileRecord, rangeSize: number): Promise<FileHandle> {
  const fits = (number: number, part: PartRecord) => part.etag === file.etag && part.size === Math.min(rangeSize, file.size - number * rangeSize);
  if ([...done].some(([number, part]) => !fits(number, part))) done.clear();
  try {
    if (done.size > 0) return await open(at, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0));
  } catch {
    done.clear(); // gone: from the start
  }
  const create = () => open(at, 'wx+', 0o666);
  try {
    return await create();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw localError(error, at, 'write');
  }
  await unlink(at); // left by an earlier try, of no use to this one
  return create();
}

/** In one request, whose answer brings the checksum. */
async function fetchWhole(job: Job, file: FileRecord, opened: TargetFile, temporary: string, done: Map<number, PartRecord>): Promise<void> {
  const { part, headers } = await fetchInto(job, file, opened, { offset: 0, length: file.size, whole: true });
  done.set(0, part);
  const verifier = await startVerifying(job, file, temporary, expectedChecksum(modeOf(job), checksumHeaders(headers)));
  try {
    await verifier?.finish(done);
  } finally {
    verifier?.close();
  }
}

/** One range from S3 to its place in the file. */
const fetchInto = (job: Job, file: FileRecord, opened: TargetFile, range: Range): ReturnType<typeof fetchRange> =>
  job.memory.run(() => intoFile(opened, range.offset, (taker) => fetchRange(job, file, range, taker)), 2 * BLOCK);

/** All ranges not yet on disk, several at a time, and checked behind; journalled once synced. */
async function fetchRanges(job: Job, index: number, file: FileRecord, opened: TargetFile, temporary: string, done: Map<number, PartRecord>, stored: Checksum | undefined): Promise<void> {
  const verifier = await startVerifying(job, file, temporary, stored);
  try {
    await fetchMissing({ job, index, file, opened, done, inOrder: verifier !== undefined && isReadAgain(stored), upTo: (position) => verifier?.upTo(position) });
    await verifier?.finish(done);
  } finally {
    verifier?.close();
  }
}
