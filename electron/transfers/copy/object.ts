import { CopyObjectCommand, type HeadObjectCommandOutput, type StorageClass } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/errors.ts';
import { s3Uri } from '../../services/s3/keys.ts';
import { writeAcross } from '../across/write.ts';
import { takenBy } from '../conflicts.ts';
import { checksumOf } from '../download/checksum.ts';
import { isForGood } from '../files.ts';
import { atSource, type Job } from '../job.ts';
import type { FileRecord } from '../records.ts';
import { request } from '../requests.ts';
import { checksumAlgorithm, copySource, keptByHand } from '../tiering/copySource.ts';
import { abortParts, copyInParts, createInClass, type Condition } from '../tiering/parts.ts';
import { noteOverwrite, staysWhenReplaced } from '../overwrites.ts';
import { abandon } from '../upload/multipart.ts';
import { customerKey, sourceChanged } from './errors.ts';
import { headOf, keepBoth } from './target.ts';

const sourceOf = (job: Job, file: FileRecord) => ({ bucket: job.record.fromBucket ?? job.record.bucket, key: file.from!, versionId: file.fromVersion });

/**
 * One object to its new key: inside S3, where headers, metadata, tags, class and encryption stay, or from one connection
 * to another (`writeAcross`). The copy is made only of the object that was planned and only over what was planned to be
 * there, then read back and compared. What was made is journalled, so that it can be taken back.
 *
 * Conflict where the source is not what it was when the plan was made, TargetTaken where the target is not.
 */
export async function copyObject(job: Job, index: number, file: FileRecord): Promise<void> {
  const { record } = job;
  job.aws.assertWritable(record.connectionId, `copy to ${s3Uri(record.bucket, file.key)}`);
  if (file.choice === 'keepBoth') {
    await undoCopy(job, index, file); // its parts went to the key that is taken
    delete file.copyBegan;
    await keepBoth(job, index, file);
  }
  await job.alone(file.key, async () => {
    const stays = file.conflict !== undefined && (await staysWhenReplaced(job, file.key));
    await copyAlone(job, index, file);
    await noteOverwrite(job, file, stays && file.conflict !== undefined, file.made!);
    if (isForGood(file)) record.overwrittenForGood = (record.overwrittenForGood ?? 0) + 1;
  });
}

/** The same by somebody who has the key for himself. */
export async function copyAlone(job: Job, index: number, file: FileRecord): Promise<void> {
  const source = sourceOf(job, file);
  const head = withoutOldLock(job, file, await headOf(atSource(job), source.key, source.bucket, source.versionId));
  if (file.made && (await headOf(job, file.key))?.ETag === file.made.etag) return job.moved(file.size); // an earlier try got that far
  if (!head || head.ETag !== file.sourceEtag) throw sourceChanged(source, head !== undefined);
  if (head.SSECustomerAlgorithm) throw customerKey(source);
  if (!file.copyBegan) {
    file.copyBegan = new Date().toISOString();
    await job.journal.putFile(job.record.id, index, file);
  }
  const writing = job.source ? writeAcross(job, index, file, head, conditionOf(file)) : write(job, index, file, head);
  const versionId = await writing.catch((error: unknown) => ownCopy(job, file, head, error));
  const made = await verified(job, file, head);
  file.made = { etag: made.ETag!, versionId: versionId ?? made.VersionId };
  job.moved(file.size - (job.active.get(index) ?? 0)); // between connections they were counted on their way
}

/** Takes back what an unfinished copy left. */
export const undoCopy = (job: Job, index: number, file: FileRecord): Promise<void> => (job.source ? abandon : abortParts)(job, index, file);

/** The lock of an old version is not the lock of the new one made of it; that of the version an undo brings back is. */
function withoutOldLock<T extends HeadObjectCommandOutput | undefined>({ record }: Job, { fromVersion }: FileRecord, head: T): T {
  return fromVersion === undefined || record.kind === 'undo' ? head : { ...head, ObjectLockMode: undefined, ObjectLockRetainUntilDate: undefined, ObjectLockLegalHoldStatus: undefined };
}

/** The condition on what is at the target: nothing, or exactly what the plan saw. */
const conditionOf = (file: FileRecord): Condition => (file.conflict ? { IfMatch: file.conflict.etag } : { IfNoneMatch: '*' });

async function write(job: Job, index: number, file: FileRecord, head: HeadObjectCommandOutput): Promise<string | undefined> {
  const source = sourceOf(job, file);
  // Stores that know no condition on the target are asked what is there just before.
  const look = async () => {
    const there = await headOf(job, file.key);
    if (there?.ETag !== file.conflict?.etag) throw takenBy(job, file, there, head.LastModified);
  };
  const storageClass = (head.StorageClass ?? 'STANDARD') as StorageClass;
  if ((head.ContentLength ?? 0) > job.tuning.wholeCopy) {
    return copyInParts(job, index, file, head, () => createInClass(job, file, head, storageClass, source), { source, condition: conditionOf(file), look });
  }
  const input = {
    ...keptByHand(head),
    Bucket: job.record.bucket,
    Key: file.key,
    CopySource: copySource(source.bucket, source.key, source.versionId),
    CopySourceIfMatch: head.ETag,
    StorageClass: storageClass,
    MetadataDirective: 'COPY' as const,
    TaggingDirective: 'COPY' as const,
    ChecksumAlgorithm: checksumAlgorithm(head),
  };
  const send = (condition: Condition) =>
    request(job, { action: 's3:PutObject', key: file.key, stall: job.tuning.patientStall }, ({ s3, signal }) => s3.send(new CopyObjectCommand({ ...input, ...condition }), { abortSignal: signal }));
  const answer = await send(conditionOf(file)).catch(async (error: unknown) => {
    if (!(error instanceof AppError && error.code === 'NotImplemented')) throw error;
    await look();
    return send({});
  });
  return answer.VersionId;
}

/** A refused condition: the copy is there already because an answer got lost (then it is ours), or somebody else wrote. */
async function ownCopy(job: Job, file: FileRecord, head: HeadObjectCommandOutput, error: unknown): Promise<undefined> {
  const refused = error instanceof AppError && (['PreconditionFailed', 'NoSuchUpload'].includes(error.awsCode ?? '') || ['Conflict', 'NotFound'].includes(error.code));
  if (!refused) throw error;
  const there = await headOf(job, file.key);
  if (there && there.ETag !== file.conflict?.etag && isSame(there, head) && isSince(there, file.copyBegan)) return undefined;
  const source = sourceOf(job, file);
  const now = await headOf(atSource(job), source.key, source.bucket, source.versionId);
  if (now?.ETag !== file.sourceEtag) throw sourceChanged(source, now !== undefined);
  if (there?.ETag === file.conflict?.etag) throw error;
  throw takenBy(job, file, there, head.LastModified);
}

/** Whether it was written since then. S3's times are in whole seconds, and its clock is not ours. */
export const isSince = (there: HeadObjectCommandOutput, began: string | undefined): boolean => began !== undefined && (there.LastModified?.getTime() ?? 0) >= Date.parse(began) - 60_000;

/** Size, and ETag or a checksum both have; parts and KMS give another ETag, then the size decides. */
export function isSame(copy: HeadObjectCommandOutput, source: HeadObjectCommandOutput): boolean {
  if ((copy.ContentLength ?? 0) !== (source.ContentLength ?? 0)) return false;
  if (copy.ETag === source.ETag) return true;
  const [one, other] = [checksumOf(copy), checksumOf(source)];
  if (one && other && one.algorithm === other.algorithm && !one.composite && !other.composite) return one.value === other.value;
  const isDigest = ({ ETag = '', ServerSideEncryption }: HeadObjectCommandOutput) => /^"?[0-9a-f]{32}"?$/.test(ETag) && !ServerSideEncryption?.startsWith('aws:kms');
  return !(isDigest(copy) && isDigest(source));
}

/** What is at the target now. ChecksumMismatch where it is not what the source is. */
async function verified(job: Job, file: FileRecord, source: HeadObjectCommandOutput): Promise<HeadObjectCommandOutput> {
  const copy = await headOf(job, file.key);
  if (copy && isSame(copy, source)) return copy;
  const resource = s3Uri(job.record.bucket, file.key);
  throw new AppError('ChecksumMismatch', `The copy ${resource} is not what its source is.`, {
    detail: `Expected ${source.ContentLength} bytes, ETag ${source.ETag}; found ${copy ? `${copy.ContentLength} bytes, ETag ${copy.ETag}` : 'nothing'}. The source was left as it is.`,
    resource,
  });
}
