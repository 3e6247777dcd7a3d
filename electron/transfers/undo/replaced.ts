import type { HeadObjectCommandOutput, ObjectVersion } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/errors.ts';
import { s3Uri } from '../../services/s3/keys.ts';
import { copyAlone, isSame, isSince } from '../copy/object.ts';
import { headOf } from '../copy/target.ts';
import { putAcl, readAcl } from '../edit/acl.ts';
import { withoutSource, type Job } from '../job.ts';
import type { FileRecord, Overwriting } from '../records.ts';
import { archivedError } from '../tiering/archived.ts';
import { archiveOfHead } from '../tiering/archiveState.ts';
import { newestVersions } from './versions.ts';

/**
 * Brings back the version a write replaced, by a copy of it on top: what was written in its place stays among the versions
 * (where they are suspended it is replaced). Only while the key still shows that very write; the copy is made on condition
 * of its ETag.
 *
 * Conflict where the key was written or deleted since, NotFound where the version is gone.
 */
export function bringBack(job: Job, index: number, file: FileRecord, write: Overwriting): Promise<void> {
  const { bucket, connectionId } = job.record;
  const { key } = file;
  const resource = s3Uri(bucket, key);
  job.aws.assertWritable(connectionId, `bring back the version of ${resource} that was replaced`);
  return job.alone(key, async () => {
    const { versions, markers } = await newestVersions(job, bucket, key);
    const at = versions.findIndex((version) => isWrite(version, write));
    const there = versions[at];
    if (!there?.IsLatest) {
      if (await isBack(job, file, versions)) return;
      throw new AppError('Conflict', `${resource} was written or deleted again since.`, { detail: 'It was left as it is. Its versions show what there is.', resource });
    }
    const before = versions[at + 1];
    const deletedBetween = markers.some((marker) => before && time(before) < time(marker) && time(marker) < time(there));
    if (!before || deletedBetween) throw new AppError('NotFound', `The version of ${resource} that was replaced is not there any more.`, { detail: 'It was left as it is.', resource });
    Object.assign(file, { from: key, fromVersion: before.VersionId ?? 'null', sourceEtag: before.ETag ?? '', conflict: { size: there.Size, etag: there.ETag } });
    await copyOnTop(job, index, file, resource);
  });
}

const time = ({ LastModified }: { LastModified?: Date | undefined }): number => LastModified?.getTime() ?? 0;

const isWrite = ({ VersionId = 'null', ETag, LastModified }: ObjectVersion, { versionId, etag, modified }: Overwriting): boolean =>
  VersionId === versionId && (versionId !== 'null' || (ETag === etag && inSeconds(LastModified?.getTime()) === inSeconds(Date.parse(modified ?? ''))));

/** A HEAD tells no more. */
const inSeconds = (ms = 0): number => Math.floor(ms / 1000);

/** An earlier try got so far and did not hear of it, or somebody else deleted what had been written on top. */
async function isBack(job: Job, { key, fromVersion, copyBegan }: FileRecord, [current]: ObjectVersion[]): Promise<boolean> {
  if (!fromVersion || !current?.IsLatest) return false;
  if (current.VersionId === fromVersion) return true;
  const [now, was] = await Promise.all([headOf(job, key), headOf(job, key, job.record.bucket, fromVersion)]);
  return (now?.VersionId ?? 'null') === (current.VersionId ?? 'null') && now !== undefined && was !== undefined && isSame(now, was) && saysTheSame(now, was) && isSince(now, copyBegan);
}

/** Somebody may have edited what is said of the same bytes meanwhile. */
const saysTheSame = (one: HeadObjectCommandOutput, other: HeadObjectCommandOutput): boolean =>
  one.ContentType === other.ContentType && one.CacheControl === other.CacheControl && JSON.stringify(one.Metadata) === JSON.stringify(other.Metadata);

async function copyOnTop(job: Job, index: number, file: FileRecord, resource: string): Promise<void> {
  const { key, fromVersion } = file;
  const head = await headOf(job, key, job.record.bucket, fromVersion);
  const { storageClass, state } = head ? archiveOfHead(head) : { storageClass: '', state: undefined };
  if (state === 'archived' || state === 'restoring') throw archivedError(`${resource} (version ${fromVersion})`, storageClass, state);
  const acl = await readAcl(job, key, fromVersion);
  await copyAlone(withoutSource(job), index, file);
  if (acl) await putAcl(job, key, acl);
}
