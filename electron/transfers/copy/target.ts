import { HeadObjectCommand, type HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/errors.ts';
import type { Job } from '../job.ts';
import type { FileRecord } from '../records.ts';
import { request } from '../requests.ts';

/** What HeadObject says, checksums included; `undefined` where there is no such object. */
export async function headOf(job: Job, key: string, bucket = job.record.bucket, versionId?: string): Promise<HeadObjectCommandOutput | undefined> {
  try {
    return await request(job, { action: versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion', key, bucket }, ({ s3, signal }) =>
      s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId, ChecksumMode: 'ENABLED' }), { abortSignal: signal }),
    );
  } catch (error) {
    if (error instanceof AppError && error.code === 'NotFound') return undefined;
    throw error;
  }
}

/** `report.csv` → `report (2).csv`; a folder's marker `x/` → `x (2)/`. */
export function numbered(key: string, n: number): string {
  const [, stem = '', ending = ''] = /^(.*?)(\.[^./]*|\/)?$/s.exec(key) ?? [];
  return stem === '' || stem.endsWith('/') ? `${key} (${n})` : `${stem} (${n})${ending}`;
}

/** Gives a file that is to be kept beside the one that is there a key nothing has yet. */
export async function keepBoth(job: Job, index: number, file: FileRecord): Promise<void> {
  const wanted = file.key;
  for (let n = 2; (await headOf(job, file.key)) !== undefined; n += 1) file.key = numbered(wanted, n);
  delete file.conflict;
  delete file.choice;
  await job.journal.putFile(job.record.id, index, file);
}
