import { GetBucketVersioningCommand } from '@aws-sdk/client-s3';
import { AppError } from '../../shared/errors.ts';
import { headOf } from './copy/target.ts';
import type { Job } from './job.ts';
import type { FileRecord, TransferRecord } from './records.ts';
import { request } from './requests.ts';

/** What S3 said of an object that was just written. */
export interface Written {
  versionId?: string | undefined;
}

type Versioning = 'enabled' | 'suspended' | 'off' | 'unknown';
const asked = new WeakMap<TransferRecord, Promise<Versioning>>();

/** The id of a version that is kept; `null` is that of an object without versions. */
export const isKept = (versionId: string | undefined): versionId is string => versionId !== undefined && versionId !== 'null';

/** Whether the transfer's bucket keeps versions; asked once. `unknown`: that may not be read. */
export function versioningOf(job: Job): Promise<Versioning> {
  let answer = asked.get(job.record);
  if (!answer) {
    answer = ask(job);
    asked.set(job.record, answer);
    answer.catch(() => asked.delete(job.record));
  }
  return answer;
}

async function ask(job: Job): Promise<Versioning> {
  try {
    const { Status } = await request(job, { action: 's3:GetBucketVersioning' }, ({ s3, signal }) => s3.send(new GetBucketVersioningCommand({ Bucket: job.record.bucket }), { abortSignal: signal }));
    return Status === 'Enabled' ? 'enabled' : Status === 'Suspended' ? 'suspended' : 'off';
  } catch (error) {
    if (error instanceof AppError && ['AccessDenied', 'NotImplemented'].includes(error.code)) return 'unknown';
    throw error;
  }
}

/**
 * Asked before an object is written over: whether its version will stay. Where versions are suspended only one stays that
 * was written before that.
 */
export async function staysWhenReplaced(job: Job, key: string): Promise<boolean> {
  const versioning = await versioningOf(job);
  if (versioning !== 'suspended') return versioning !== 'off';
  return isKept((await lookAt(job, key))?.VersionId);
}

const lookAt = (job: Job, key: string) =>
  headOf(job, key).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'AccessDenied') return undefined;
    throw error;
  });

/** Notes what took the place of a version that stays, so that it can be brought back. The file is journalled by who writes it. */
export async function noteOverwrite(job: Job, file: FileRecord, stays: boolean, { versionId }: Written): Promise<void> {
  if (!stays) return;
  const { record } = job;
  const again = file.overwrote !== undefined;
  if (isKept(versionId)) file.overwrote = { versionId };
  else {
    // The bucket may not tell whether it keeps versions; that the object has none tells.
    if ((await versioningOf(job)) !== 'suspended') return;
    const there = await lookAt(job, file.key);
    if (!there || isKept(there.VersionId)) return; // replaced already, or suspended only since
    file.overwrote = { versionId: 'null', etag: there.ETag ?? '', modified: there.LastModified?.toISOString() ?? '' };
    record.undoLoses = true;
  }
  if (!again) record.replaced = (record.replaced ?? 0) + 1;
}
