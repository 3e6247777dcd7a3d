import type { HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/errors.ts';
import { takenBy } from '../conflicts.ts';
import { headOf } from '../copy/target.ts';
import type { Job } from '../job.ts';
import type { Written } from '../overwrites.ts';
import type { FileRecord, TransferRecord } from '../records.ts';
import type { Condition } from '../tiering/parts.ts';

/** Connections whose stores know no conditional writes. */
const withoutConditions = new Set<string>();
/** The object comes and goes: so often the write is tried. */
const TRIES = 3;

/** What must be at the key for a file to be written; `{}`: whatever is there. */
export function conditionOf({ policy }: Pick<TransferRecord, 'policy'>, file: FileRecord): Condition {
  if (file.key.endsWith('/')) return { IfNoneMatch: '*' };
  if (policy === undefined || policy === 'overwrite') return {};
  if (file.choice === 'overwrite') return file.conflict?.etag ? { IfMatch: file.conflict.etag } : {};
  return { IfNoneMatch: '*' };
}

/**
 * Writes a file only where the plan, or the user's answer, allows it: the condition goes with the write, so nobody can come
 * in between. A refusal because an answer got lost, or a crash kept us from hearing it, is told by `isOurs`.
 *
 * TargetTaken where somebody else's object is at the key.
 */
export async function guardedWrite(job: Job, file: FileRecord, write: (condition: Condition) => Promise<Written>, isOurs: (there: HeadObjectCommandOutput) => Promise<boolean>): Promise<Written> {
  const { record } = job;
  let condition = withoutConditions.has(record.connectionId) ? await lookedAt(job, file) : conditionOf(record, file);
  for (let tries = 1; ; tries += 1) {
    try {
      return await write(condition);
    } catch (error) {
      if (!(error instanceof AppError) || !(condition.IfMatch ?? condition.IfNoneMatch) || tries > TRIES) throw error;
      if (error.code === 'NotImplemented') {
        withoutConditions.add(record.connectionId);
        condition = await lookedAt(job, file);
        continue;
      }
      if (!isRefusal(error, condition)) throw error;
    }
    const there = await lookAt(job, file);
    if (there === undefined) condition = { IfNoneMatch: '*' }; // deleted since
    else if (there !== 'unknown' && (await isOurs(there))) {
      job.moved(file.size);
      return { versionId: there.VersionId };
    } else if (file.key.endsWith('/')) return {};
    else throw takenBy(job, file, there);
  }
}

const isRefusal = ({ code, awsCode = '' }: AppError, { IfMatch }: Condition): boolean =>
  awsCode === 'PreconditionFailed' || awsCode === 'ConditionalRequestConflict' || (IfMatch !== undefined && code === 'NotFound' && awsCode === 'NoSuchKey');

/** Without conditions: what the listing told stands; where it could not be listed the object is looked at just before. */
async function lookedAt(job: Job, file: FileRecord): Promise<Condition> {
  if (!job.record.survey?.unlisted || !conditionOf(job.record, file).IfNoneMatch) return {};
  const there = await lookAt(job, file);
  if (there) throw takenBy(job, file, there);
  return {};
}

/** `unknown`: something may be there, but it may not be read. */
const lookAt = (job: Job, file: FileRecord): Promise<HeadObjectCommandOutput | undefined | 'unknown'> =>
  headOf(job, file.key).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'AccessDenied') return 'unknown' as const;
    throw error;
  });
