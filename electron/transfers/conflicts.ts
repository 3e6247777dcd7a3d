import type { Job } from './job.ts';
import type { Journal } from './journal.ts';
import type { ConflictChoice, FileRecord, TransferRecord } from './records.ts';

/** A planned file as the transfer's policy wants it, where something is there already. With "ask" it waits. */
export function planned(job: Pick<Job, 'record'>, file: FileRecord): FileRecord {
  const { record } = job;
  if (!file.conflict || file.state !== 'pending') return file;
  if (record.policy === undefined || record.policy === 'ask') {
    record.conflicts = (record.conflicts ?? 0) + 1;
    return file;
  }
  return decided(record, file, record.policy);
}

function decided(record: TransferRecord, file: FileRecord, choice: ConflictChoice): FileRecord {
  if (choice !== 'skip') return { ...file, choice };
  record.filesSkipped = (record.filesSkipped ?? 0) + 1;
  return { ...file, state: 'skipped', choice };
}

/** Applies the answer to every file that waits for one. */
export async function decideAll(journal: Journal, record: TransferRecord, choice: ConflictChoice, some: ReadonlyMap<number, ConflictChoice>): Promise<void> {
  const operations = [];
  for await (const { index, file } of journal.files(record.id)) {
    if (!file.conflict || file.choice || file.state !== 'pending') continue;
    operations.push({ type: 'put' as const, key: journal.fileKey(record.id, index), value: decided(record, file, some.get(index) ?? choice) });
    if (operations.length >= 1000) await journal.write(operations.splice(0));
  }
  if (operations.length > 0) await journal.write(operations);
  record.conflicts = 0;
}

/** Files that wait for an answer, in order, from index `after` on. */
export async function waitingConflicts(journal: Journal, id: string, after: number, max: number) {
  const found = [];
  for await (const { index, file } of journal.files(id)) {
    if (index <= after || !file.conflict || file.choice || file.state !== 'pending') continue;
    found.push({ index, key: file.key, size: file.size, there: { size: file.conflict.size, modified: file.conflict.modified } });
    if (found.length >= max) break;
  }
  return found;
}
