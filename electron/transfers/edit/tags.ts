import { GetObjectTaggingCommand, PutObjectTaggingCommand } from '@aws-sdk/client-s3';
import type { Job } from '../job.ts';
import { request } from '../requests.ts';

export type Tags = Record<string, string>;

export async function readTags(job: Job, key: string): Promise<Tags> {
  const { TagSet = [] } = await request(job, { action: 's3:GetObjectTagging', key }, ({ s3, signal }) => s3.send(new GetObjectTaggingCommand({ Bucket: job.record.bucket, Key: key }), { abortSignal: signal }));
  return Object.fromEntries(TagSet.map(({ Key = '', Value = '' }) => [Key, Value]));
}

export const putTags = (job: Job, key: string, tags: Tags): Promise<unknown> =>
  request(job, { action: 's3:PutObjectTagging', key }, ({ s3, signal }) =>
    s3.send(new PutObjectTaggingCommand({ Bucket: job.record.bucket, Key: key, Tagging: { TagSet: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) } }), { abortSignal: signal }),
  );

/** As the x-amz-tagging header has them. */
export const tagHeader = (tags: Tags): string => new URLSearchParams(Object.entries(tags)).toString();
