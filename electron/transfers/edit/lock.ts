import { PutObjectLegalHoldCommand, PutObjectRetentionCommand } from '@aws-sdk/client-s3';
import type { ObjectChange } from '../../../shared/objects/change.ts';
import type { Job } from '../job.ts';
import { request } from '../requests.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectRetention.html. An empty retention lifts governance. */
export const putRetention = (job: Job, key: string, retention: Exclude<ObjectChange['retention'], undefined>): Promise<unknown> =>
  request(job, { action: 's3:PutObjectRetention', key }, ({ s3, signal }) =>
    s3.send(
      new PutObjectRetentionCommand({
        Bucket: job.record.bucket,
        Key: key,
        Retention: retention ? { Mode: retention.mode, RetainUntilDate: new Date(retention.until) } : {},
        BypassGovernanceRetention: retention === null || retention.bypass || undefined,
      }),
      { abortSignal: signal },
    ),
  );

export const putLegalHold = (job: Job, key: string, on: boolean): Promise<unknown> =>
  request(job, { action: 's3:PutObjectLegalHold', key }, ({ s3, signal }) =>
    s3.send(new PutObjectLegalHoldCommand({ Bucket: job.record.bucket, Key: key, LegalHold: { Status: on ? 'ON' : 'OFF' } }), { abortSignal: signal }),
  );
