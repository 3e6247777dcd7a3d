import { linkSync, renameSync, unlinkSync } from 'node:fs';
import { link, lstat, open, rename, unlink, utimes } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import { TargetTaken } from '../conflicts.ts';
import { numbered } from '../copy/target.ts';
import type { Job } from '../job.ts';
import { localError } from '../localError.ts';
import { assertAsPlanned } from '../localState.ts';
import { quickly } from '../quickDisk.ts';
import type { FileRecord, TransferRecord } from '../records.ts';
import { lookAt } from './localTargets.ts';

/** What putting a file in the place of a folder fails with, by system. */
const IS_FOLDER = new Set(['EISDIR', 'ENOTEMPTY', 'EEXIST', 'EPERM']);
/** A file system without hard links. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV', 'EINVAL']);

/** Whether something at a file's target must stay: nobody said that it may be written over. */
export const mustBeFree = ({ policy }: Pick<TransferRecord, 'policy'>, { guarded, choice }: FileRecord): boolean =>
  !guarded && policy !== undefined && policy !== 'overwrite' && choice !== 'overwrite';

/**
 * Gives a finished file its place, in one step that a crash cannot halve: over whatever is there where that is wanted, over
 * what was seen there, or only where nothing is. A file there with the very same bytes is taken for the earlier try it
 * mostly is.
 *
 * TargetTaken where something else is there than what may be written over; Conflict where a folder is.
 */
export async function publish(job: Job, file: FileRecord, temporary: string, target: string): Promise<void> {
  const { guarded, there, setMtimeMs, conflict, choice } = file;
  if (setMtimeMs !== undefined) {
    const seconds = (setMtimeMs + 0.0005) / 1000; // cut to whole microseconds on its way to the disk, not rounded
    await utimes(temporary, seconds, seconds);
  }
  if (guarded) await assertAsPlanned(target, there);
  const place = path.toNamespacedPath(target);
  if (mustBeFree(job.record, file)) {
    if (await linked(temporary, place, target)) return;
    const now = await lookAt(target);
    if (now) throw new TargetTaken(target, now);
  } else if (choice === 'overwrite' && conflict && !guarded && job.record.policy !== 'overwrite') {
    const now = await lookAt(target);
    if (now && (now.size !== conflict.size || now.modified !== conflict.modified)) throw new TargetTaken(target, now);
  }
  try {
    await quickly(
      () => renameSync(temporary, place),
      () => rename(temporary, place),
    );
  } catch (error) {
    if (!IS_FOLDER.has((error as NodeJS.ErrnoException).code ?? '')) throw localError(error, target, 'write');
    throw folderThere(target);
  }
}

/** Where nothing is, atomically. False: this file system cannot. */
async function linked(temporary: string, place: string, target: string): Promise<boolean> {
  try {
    await quickly(
      () => {
        linkSync(temporary, place);
        unlinkSync(temporary);
      },
      async () => {
        await link(temporary, place);
        await unlink(temporary);
      },
    );
    return true;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (NO_LINKS.has(code)) return false;
    if (code !== 'EEXIST') throw localError(error, target, 'write');
  }
  const now = await lookAt(target);
  if (!now) {
    if (await lstat(place).then((found) => found.isDirectory(), () => false)) throw folderThere(target);
    return linked(temporary, place, target); // it went away again
  }
  if (!(await haveSameBytes(temporary, place))) throw new TargetTaken(target, now);
  await unlink(temporary);
  return true;
}

const folderThere = (target: string): AppError => new AppError('Conflict', `${target} is a folder; the object is a file.`, { detail: 'Move it away, or download to another folder.', resource: target });

async function haveSameBytes(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([lstat(one), lstat(other)]);
  if (!b.isFile() || a.size !== b.size) return false;
  const [left, right] = [await open(one), await open(other)];
  try {
    const [mine, theirs] = [Buffer.allocUnsafe(1024 * 1024), Buffer.allocUnsafe(1024 * 1024)];
    for (let at = 0; at < a.size; ) {
      const [{ bytesRead }, second] = await Promise.all([left.read(mine, 0, mine.length, at), right.read(theirs, 0, theirs.length, at)]);
      if (bytesRead === 0 || bytesRead !== second.bytesRead || mine.compare(theirs, 0, bytesRead, 0, bytesRead) !== 0) return false;
      at += bytesRead;
    }
    return true;
  } finally {
    await Promise.all([left.close(), right.close()]);
  }
}

/** Gives a file that is to be kept beside the one that is there a name that nothing has, here or in the transfer. */
export async function keepBothHere(job: Job, index: number, file: FileRecord): Promise<void> {
  const { id, folder } = job.record;
  const wanted = file.relativePath!;
  const isTaken = async (name: string) =>
    (await lstat(path.toNamespacedPath(path.join(folder!, ...name.split('/')))).then(() => true, () => false)) ||
    (await job.journal.claim(id, name)) !== undefined ||
    (await job.journal.claim(id, name.normalize('NFC').toLowerCase())) !== undefined;
  let name = wanted;
  for (let n = 2; name === wanted || (await isTaken(name)); n += 1) name = numbered(wanted, n);
  file.relativePath = name;
  delete file.conflict;
  delete file.choice;
  await job.journal.putFile(id, index, file);
}
