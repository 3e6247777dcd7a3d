import type { HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import type { Conflict, ConflictChoice } from '../../shared/contract/conflicts.ts';
import { AppError } from '../../shared/errors.ts';
import { s3Uri } from '../services/s3/keys.ts';
import type { Journal } from './journal.ts';
import type { FileRecord, There, TransferRecord } from './records.ts';

/** At the target of a file is something else than when it was planned, or (undefined) nothing any more. Nothing was written. */
export class TargetTaken extends AppError {
  constructor(
    resource: string,
    readonly there: There | undefined,
  ) {
    super('Conflict', `${resource} was ${there ? 'written' : 'deleted'} by somebody else since the plan was made.`, { detail: there ? 'It was left as it is.' : 'Nothing was written there.', resource });
  }
}

/** The same of an object; `unknown`: it may not be read. `ours`: when what would have come there was last changed. */
export function takenBy({ record }: { record: TransferRecord }, { key }: FileRecord, there: HeadObjectCommandOutput | 'unknown' | undefined, ours?: Date): TargetTaken {
  const known: There = there === undefined || there === 'unknown' ? {} : { size: there.ContentLength ?? 0, etag: there.ETag, modified: there.LastModified?.toISOString() };
  return new TargetTaken(s3Uri(record.bucket, key), there && { ...known, ours: ours?.toISOString() });
}

/** It waits for an answer. (A guarded file has its answer in the plan it is of.) */
export const waits = ({ state, conflict, choice, guarded }: FileRecord): boolean => state === 'pending' && conflict !== undefined && choice === undefined && !guarded;

/** A planned file as the transfer's policy wants it, where something is there already. With "ask" it waits. */
export function planned({ record }: { record: TransferRecord }, file: FileRecord): FileRecord {
  if (!waits(file)) return file;
  // What is only proposed is shown first, whatever the policy.
  if (record.proposed || record.policy === undefined || record.policy === 'ask') {
    record.conflicts = (record.conflicts ?? 0) + 1;
    return file;
  }
  const next = decided(file, record.policy);
  if (next.state === 'skipped') record.filesSkipped = (record.filesSkipped ?? 0) + 1;
  return next;
}

function decided(file: FileRecord, choice: ConflictChoice): FileRecord {
  const does = choice === 'newer' ? (isNewer(file) ? 'overwrite' : 'skip') : choice;
  return { ...file, choice: does, state: does === 'skip' ? 'skipped' : file.state };
}

const inSeconds = (ms: number): number => Math.floor(ms / 1000);

/** Whether a file is of another size than what is there, or was changed later. Times as S3 has them, in whole seconds. */
export function isNewer(file: FileRecord): boolean {
  const { size, modified } = file.conflict!;
  if (size !== file.size) return true;
  const ours = changedAt(file);
  return ours !== undefined && modified !== undefined && inSeconds(Date.parse(ours)) > inSeconds(Date.parse(modified));
}

const changedAt = ({ mtimeMs, conflict }: FileRecord): string | undefined => (mtimeMs === undefined ? conflict?.ours : new Date(mtimeMs).toISOString());

/** Applies the journalled answer to every file that waits for one, and leaves hidden files out where it says so. May be repeated. */
export async function settle(journal: Journal, record: TransferRecord): Promise<void> {
  const { answer } = record;
  if (!answer) return;
  const some = new Map(answer.some.map(({ index, choice }) => [index, choice]));
  const operations: { type: 'put'; key: string; value: FileRecord }[] = [];
  for await (const { index, file } of journal.files(record.id)) {
    const next = answered(file, some.get(index) ?? answer.all, answer.hidden);
    if (next !== file) operations.push({ type: 'put', key: journal.fileKey(record.id, index), value: next });
    if (operations.length >= 1000) await journal.write(operations.splice(0));
  }
  if (operations.length > 0) await journal.write(operations);
  delete record.answer;
}

function answered(file: FileRecord, choice: ConflictChoice | 'ask', hidden: boolean): FileRecord {
  if (file.state !== 'pending') return file;
  if ((file.hidden && !hidden) || (file.bare && hidden)) {
    const { conflict: _, ...rest } = file;
    return { ...rest, state: 'skipped' };
  }
  return waits(file) && choice !== 'ask' ? decided(file, choice) : file;
}

/** Files that wait for an answer, in order, from index `after` on. */
export async function waitingConflicts(journal: Journal, id: string, after: number, max: number): Promise<Conflict[]> {
  const found: Conflict[] = [];
  for await (const { index, file } of journal.files(id, after < 0 ? undefined : after)) {
    if (!waits(file)) continue;
    const { size, modified } = file.conflict!;
    found.push({ index, key: file.key, ours: { size: file.size, modified: changedAt(file) }, there: { size, modified } });
    if (found.length >= max) break;
  }
  return found;
}
