import { HeadObjectCommand, type HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/errors.ts';
import { merged, needsCopy, needsLegalHold, needsRetention, needsTags, needsWriting, type Described, type ObjectChange } from '../../../shared/objects/change.ts';
import { problemsAfter } from '../../../shared/objects/limits.ts';
import { s3Uri } from '../../services/s3/keys.ts';
import type { Job } from '../job.ts';
import { fileTransfer, type TransferKind } from '../kind.ts';
import { noteOverwrite, staysWhenReplaced } from '../overwrites.ts';
import type { FileRecord } from '../records.ts';
import { request } from '../requests.ts';
import { archivedError } from '../tiering/archived.ts';
import { archiveOfHead } from '../tiering/archiveState.ts';
import { abortParts } from '../tiering/parts.ts';
import { putAcl, readAcl } from './acl.ts';
import { describedBy, seenIn } from './described.ts';
import { mergedExactly } from './exactHeaders.ts';
import { putLegalHold, putRetention } from './lock.ts';
import { describeProblem } from './problems.ts';
import { rewrite } from './rewrite.ts';
import { putTags, readTags } from './tags.ts';

/**
 * Changes what is said of objects: headers, metadata, tags, lock. Each is read afresh and the change merged into what it
 * says now, so that nothing that was not named is lost. One that is not what was looked at is left alone. What is so
 * already is not written again: a repeat after a crash does nothing twice.
 */
export const edition: TransferKind = fileTransfer({
  async plan(job, planner) {
    for await (const { items } of job.journal.plan(job.record.id)) {
      for (const item of items) if ('key' in item) await planner.add({ state: 'pending', key: item.key, size: 0, seen: item.seen });
    }
  },
  doFile: (job, index, file) => job.alone(file.key, () => editOne(job, index, file)),
  undoFile: abortParts,
});

async function editOne(job: Job, index: number, file: FileRecord): Promise<void> {
  const { bucket, connectionId } = job.record;
  const { key } = file;
  const change = job.record.change!;
  const resource = s3Uri(bucket, key);
  job.aws.assertWritable(connectionId, `change ${resource}`);
  const head = await request(job, { action: 's3:GetObject', key }, ({ s3, signal }) =>
    s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' }), { abortSignal: signal }),
  );
  const now = describedBy(head, Object.keys(change.tags).length > 0 ? await readTags(job, key) : null);
  const copies = needsCopy(now, change);
  // A copy was begun and the object says all it was to say: it got through, and the object is newer by that.
  const ours = file.began === true && !copies;
  if (ours && !file.overwrote && head.ETag === file.seen?.etag) await noteOverwrite(job, file, await staysWhenReplaced(job, key), { versionId: head.VersionId });
  if (!ours) {
    if (!needsWriting(now, change)) return;
    assertSeen(file, head, resource);
  }
  const problem = problemsAfter(now, change)[0];
  if (problem) throw new AppError('BadInput', `${resource}: ${describeProblem(problem)}`, { detail: 'Nothing was written to it.', resource });

  if (copies) {
    await copy(job, index, file, head, now, change, resource);
  } else if (needsTags(now, change)) {
    await putTags(job, key, merged(now.tags ?? {}, change.tags));
  }
  if (file.acl) await putAcl(job, key, file.acl);
  if (needsRetention(now, change)) await putRetention(job, key, change.retention!);
  if (needsLegalHold(now, change)) await putLegalHold(job, key, change.legalHold!);
}

/** Journals that the object is about to be written anew, and the grants it loses by that, then writes it. */
async function copy(job: Job, index: number, file: FileRecord, head: HeadObjectCommandOutput, now: Described, change: ObjectChange, resource: string): Promise<void> {
  const { storageClass, state } = archiveOfHead(head);
  if (state === 'archived' || state === 'restoring') throw archivedError(resource, storageClass, state);
  if (head.SSECustomerAlgorithm) throw new AppError('NotImplemented', `${resource} is encrypted with a key of the customer (SSE-C), which Secchi does not have.`, { detail: 'Change it with the program that holds the key.', resource });
  if (head.MissingMeta) throw new AppError('NotImplemented', `${resource} has metadata that cannot be read back as headers; writing it anew would lose it.`, { detail: 'Its tags can be changed still. Nothing was written.', resource });
  const headers = mergedExactly(head, change, resource);
  if (!file.began) {
    const acl = await readAcl(job, file.key);
    Object.assign(file, { began: true, seen: seenIn(head), ...(acl && { acl }) });
    await job.journal.putFile(job.record.id, index, file);
  }
  const stays = await staysWhenReplaced(job, file.key);
  const written = await rewrite(job, index, file, head, headers, needsTags(now, change) ? merged(now.tags ?? {}, change.tags) : undefined);
  await noteOverwrite(job, file, stays, written);
}

function assertSeen({ seen }: FileRecord, head: HeadObjectCommandOutput, resource: string): void {
  const found = seenIn(head);
  if (!seen || (seen.etag === found.etag && seen.modified === found.modified)) return;
  throw new AppError('Conflict', `${resource} was changed meanwhile; nothing was written to it.`, { detail: `It was last written ${found.modified}. Open its details again to see what it is now.`, resource });
}
