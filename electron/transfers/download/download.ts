import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/errors.ts';
import type { FilePlanner } from '../files.ts';
import { s3Uri } from '../../services/s3/keys.ts';
import type { Job } from '../job.ts';
import { fileTransfer } from '../kind.ts';
import { listKeys, type ListedObject } from '../listKeys.ts';
import type { PlanItem } from '../records.ts';
import { request } from '../requests.ts';
import { Claims } from './claims.ts';
import { assertRoom, nameRulesOf } from './folder.ts';
import { keyOfPath, pathOfKey, type NameRules } from './names.ts';
import { discard, downloadObject } from './object.ts';

const HEADS_AT_A_TIME = 16;

/** Objects and prefixes to a folder of this machine. */
export const download = fileTransfer({
  async plan(job, planner) {
    const rules = await nameRulesOf(job.record.folder!);
    const claims = new Claims(job, rules);
    for await (const objects of objectsOf(job)) {
      for (const object of objects) await planOne(job, planner, claims, rules, object);
      await claims.flush();
      if (job.signal.aborted) return;
    }
    await assertRoom(job.record.folder!, job.record.bytesTotal);
    if (job.record.filesTotal === 0) {
      throw new AppError('NotFound', `There are no objects below ${job.record.source}.`, { detail: 'Nothing was downloaded.', resource: job.record.source });
    }
  },

  doFile: downloadObject,
  undoFile: discard,
});

type Found = Omit<ListedObject, 'modified'> | { key: string; error: AppError };

async function* objectsOf(job: Job): AsyncGenerator<Found[]> {
  for await (const { items } of job.journal.plan(job.record.id)) {
    const keys = items.flatMap((item) => ('key' in item ? [item.key] : []));
    for (let at = 0; at < keys.length; at += HEADS_AT_A_TIME) yield Promise.all(keys.slice(at, at + HEADS_AT_A_TIME).map((key) => head(job, key)));
    for (const prefix of prefixesOf(items)) yield* listKeys(job, prefix);
  }
}

const prefixesOf = (items: PlanItem[]) => items.flatMap((item) => ('prefix' in item ? [item.prefix] : []));

async function head(job: Job, key: string): Promise<Found> {
  try {
    const answer = await request(job, { action: 's3:GetObject', key }, ({ s3, signal }) => s3.send(new HeadObjectCommand({ Bucket: job.record.bucket, Key: key }), { abortSignal: signal }));
    return { key, size: answer.ContentLength ?? 0, etag: answer.ETag ?? '' };
  } catch (error) {
    // One object that is gone or forbidden is that file's failure; anything else stops the plan.
    if (error instanceof AppError && ['NotFound', 'AccessDenied'].includes(error.code)) return { key, error };
    throw error;
  }
}

async function planOne(job: Job, planner: FilePlanner, claims: Claims, rules: NameRules, object: Found): Promise<void> {
  const { key } = object;
  if ('error' in object) return planner.add({ state: 'failed', key, size: 0, error: object.error.toData() });
  const { size, etag } = object;
  const relative = key.startsWith(job.record.prefix) ? key.slice(job.record.prefix.length) : key;
  if (relative === '') return; // the marker of the very folder that is downloaded
  try {
    const isMarker = relative.endsWith('/') && size === 0;
    const wanted = pathOfKey(isMarker ? relative.replace(/\/+$/, '') : relative, rules);
    if (wanted === '') return;
    const claimed = await claims.claim(wanted, key, isMarker ? 'folder' : 'file');
    if (claimed === undefined) return; // named twice: once by itself, once by a prefix
    if (!isMarker && keyOfPath(claimed) !== relative) throw new AppError('Internal', `The name ${claimed} does not lead back to ${s3Uri(job.record.bucket, key)}.`);
    await planner.add({ state: 'pending', key, size, etag, relativePath: isMarker ? `${claimed}/` : claimed });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await planner.add({ state: 'failed', key, size, error: error.toData() });
  }
}
