import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/errors.ts';
import { planned } from '../conflicts.ts';
import type { FilePlanner } from '../files.ts';
import { s3Uri } from '../../services/s3/keys.ts';
import type { Job } from '../job.ts';
import { fileTransfer, type TransferKind } from '../kind.ts';
import { listKeys, type ListedObject } from '../listKeys.ts';
import type { FileRecord, PlanItem } from '../records.ts';
import { request } from '../requests.ts';
import { note } from '../survey.ts';
import { archivedError } from '../tiering/archived.ts';
import { archiveOfHead } from '../tiering/archiveState.ts';
import { Claims } from './claims.ts';
import { assertRoom, freeBytes, nameRulesOf } from './folder.ts';
import { LocalTargets } from './localTargets.ts';
import { keyOfPath, pathOfKey, type NameRules } from './names.ts';
import { discard, downloadObject } from './object.ts';
import { keepBothHere } from './publish.ts';

const HEADS_AT_A_TIME = 16;

const files = fileTransfer({
  async plan(job, planner) {
    const plan = await planOf(job, planner);
    for await (const objects of objectsOf(job)) {
      note(job.record, { free: await freeBytes(job.record.folder!) });
      for (const object of objects) await planOne(plan, object);
      await plan.claims.flush();
      if (job.signal.aborted) return;
    }
    if (job.record.filesTotal === 0 && !job.record.filesSkipped) {
      throw new AppError('NotFound', `There are no objects below ${job.record.source}.`, { detail: 'Nothing was downloaded.', resource: job.record.source });
    }
  },

  async doFile(job, index, file) {
    if (file.choice === 'keepBoth') await keepBothHere(job, index, file);
    await downloadObject(job, index, file);
  },
  undoFile: discard,
});

/** Objects and prefixes to a folder of this machine. */
export const download: TransferKind = { ...files, ready: ({ record }) => assertRoom(record.folder!, record.bytesTotal - (record.survey?.archivedBytes ?? 0)) };

interface Plan {
  job: Job;
  planner: FilePlanner;
  claims: Claims;
  rules: NameRules;
  /** Where everything is overwritten, and nobody looks before, what is there does not matter. */
  targets: LocalTargets | undefined;
}

async function planOf(job: Job, planner: FilePlanner): Promise<Plan> {
  const { folder, proposed, policy } = job.record;
  const rules = await nameRulesOf(folder!);
  return { job, planner, claims: new Claims(job, rules), rules, targets: proposed || policy !== 'overwrite' ? new LocalTargets(folder!, rules) : undefined };
}

type Found = ListedObject | { key: string; error: AppError };

async function* objectsOf(job: Job): AsyncGenerator<Found[]> {
  for await (const { items } of job.journal.plan(job.record.id)) {
    const keys = items.flatMap((item) => ('key' in item ? [item.key] : []));
    for (let at = 0; at < keys.length; at += HEADS_AT_A_TIME) yield Promise.all(keys.slice(at, at + HEADS_AT_A_TIME).map((key) => head(job, key)));
    for (const prefix of prefixesOf(items)) yield* listKeys(job, prefix, job.record.bucket, true);
  }
}

const prefixesOf = (items: PlanItem[]) => items.flatMap((item) => ('prefix' in item ? [item.prefix] : []));

async function head(job: Job, key: string): Promise<Found> {
  try {
    const answer = await request(job, { action: 's3:GetObject', key }, ({ s3, signal }) => s3.send(new HeadObjectCommand({ Bucket: job.record.bucket, Key: key }), { abortSignal: signal }));
    return { key, size: answer.ContentLength ?? 0, etag: answer.ETag ?? '', modified: answer.LastModified?.getTime() ?? 0, archive: archiveOfHead(answer) };
  } catch (error) {
    // One object that is gone or forbidden is that file's failure; anything else stops the plan.
    if (error instanceof AppError && ['NotFound', 'AccessDenied'].includes(error.code)) return { key, error };
    throw error;
  }
}

async function planOne({ job, planner, claims, rules, targets }: Plan, object: Found): Promise<void> {
  const { record } = job;
  const { key } = object;
  if ('error' in object) return planner.add({ state: 'failed', key, size: 0, error: object.error.toData() });
  const { size, etag, modified, archive } = object;
  const relative = key.startsWith(record.prefix) ? key.slice(record.prefix.length) : key;
  if (relative === '') return; // the marker of the very folder that is downloaded
  try {
    const isMarker = relative.endsWith('/') && size === 0;
    const wanted = pathOfKey(isMarker ? relative.replace(/\/+$/, '') : relative, rules);
    if (wanted === '') return;
    const claimed = await claims.claim(wanted, key, isMarker ? 'folder' : 'file');
    if (claimed === undefined) return; // named twice: once by itself, once by a prefix
    if (isMarker) {
      note(record, { folders: 1 });
      return await planner.add({ state: 'pending', key, size, etag, relativePath: `${claimed}/` });
    }
    const resource = s3Uri(record.bucket, key);
    if (keyOfPath(claimed) !== relative) throw new AppError('Internal', `The name ${claimed} does not lead back to ${resource}.`);
    if (claimed !== relative) note(record, { renamed: 1, examples: [{ key: relative, path: claimed }] });
    const there = await targets?.there(claimed);
    const file: FileRecord = { state: 'pending', key, size, etag, relativePath: claimed, ...(there && { conflict: { ...there, ours: new Date(modified).toISOString() } }) };
    if (archive.state !== 'archived' && archive.state !== 'restoring') return await planner.add(planned(job, file));
    // Retry tries them, which may have been restored by then.
    note(record, { archived: 1, archivedBytes: size });
    await planner.add({ ...file, state: 'failed', error: archivedError(resource, archive.storageClass, archive.state).toData() });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await planner.add({ state: 'failed', key, size, error: error.toData() });
  }
}
