import { HeadBucketCommand, ListBucketsCommand } from '@aws-sdk/client-s3';
import { OK } from '../../../shared/contract/common.ts';
import type { contract } from '../../../shared/contract/index.ts';
import { presign } from '../../aws/presign.ts';
import type { BackendContext } from '../../context.ts';
import type { ServiceHandlers } from '../handlers.ts';
import { s3Uri } from '../s3/keys.ts';
import { bucketContents } from './contents.ts';
import { createBucket } from './create.ts';
import { readSection, writeSection } from './sections.ts';
import { abortUploads, listUploads, uploadSizes } from './uploads.ts';

/** A bucket as a whole: its configuration, its unfinished uploads, its making and emptying, and signed addresses into it. */
export function s3BucketHandlers(context: BackendContext): ServiceHandlers<typeof contract.s3Bucket> {
  const { aws } = context;
  return {
    async summary({ input: { connectionId, bucket }, signal: abortSignal }) {
      const resource = s3Uri(bucket);
      const head = await aws.attempt({ connectionId, action: 's3:ListBucket', resource }, ({ s3 }) => s3.send(new HeadBucketCommand({ Bucket: bucket }), { abortSignal }));
      // Only the list of all buckets says when one was created.
      const found = await aws
        .attempt({ connectionId, action: 's3:ListAllMyBuckets', resource }, ({ s3 }) => s3.send(new ListBucketsCommand({ Prefix: bucket }), { abortSignal }))
        .then(({ Buckets = [] }) => Buckets.find(({ Name }) => Name === bucket))
        .catch(() => undefined);
      return { region: head.BucketRegion ?? found?.BucketRegion, createdAt: found?.CreationDate?.toISOString() };
    },
    readSection: ({ input, signal }) => readSection(aws, input, signal),
    writeSection: ({ input }) => writeSection(aws, { ...input, value: input.value ?? null }),
    uploads: ({ input, signal }) => listUploads(context, input, signal),
    uploadSizes: ({ input, signal }) => uploadSizes(context, input, signal),
    abortUploads: ({ input }) => abortUploads(context, input),
    create: ({ input }) => createBucket(aws, input),
    contents: ({ input, signal }) => bucketContents(context, input, signal),

    requesterPays: async ({ input }) => aws.requesterPays.list(input.connectionId),
    async setRequesterPays({ input: { connectionId, bucket, on } }) {
      aws.get(connectionId);
      await aws.requesterPays.set(connectionId, bucket, on);
      return OK;
    },

    async presign({ input: { connectionId, ...wish } }) {
      const resource = s3Uri(wish.bucket, wish.objects[0]!.key);
      // An address to PUT to lets whoever has it write.
      if (wish.method === 'PUT') aws.assertWritable(connectionId, `sign an upload address for ${resource}`);
      const action = wish.method === 'PUT' ? 's3:PutObject' : 's3:GetObject';
      const { urls, expiresAt, limitedBy } = await aws.attempt({ connectionId, action, resource }, ({ s3 }) => presign(s3, wish));
      return { urls, expiresAt: expiresAt.toISOString(), limitedBy };
    },
  };
}
