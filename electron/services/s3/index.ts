import { PutObjectCommand } from '@aws-sdk/client-s3';
import { OK } from '../../../shared/contract/common.ts';
import type { contract } from '../../../shared/contract/index.ts';
import { AppError } from '../../../shared/errors.ts';
import type { BackendContext } from '../../context.ts';
import type { ServiceHandlers } from '../handlers.ts';
import { deleteBucket, listBuckets } from './buckets.ts';
import { countObjects } from './count.ts';
import { s3Uri } from './keys.ts';
import { listPage } from './listing.ts';

/** Amazon S3: buckets and listings. What moves bytes is in transfers. */
export function s3Handlers(context: BackendContext): ServiceHandlers<typeof contract.s3> {
  const { aws } = context;
  return {
    buckets: ({ input, signal }) => listBuckets(aws, input.connectionId, signal),
    async deleteBucket({ input }) {
      await deleteBucket(aws, input.connectionId, input.bucket);
      return OK;
    },
    list: ({ input, signal }) => listPage(aws, input, signal),

    /** A folder in S3 is an empty object whose key ends in `/`, as the S3 console makes it. */
    async createFolder({ input: { connectionId, bucket, prefix } }) {
      if (!prefix.endsWith('/') || prefix === '/') throw new AppError('BadInput', `“${prefix}” is not a folder’s name: it must end in “/”.`);
      const resource = s3Uri(bucket, prefix);
      aws.assertWritable(connectionId, `create folder ${resource}`);
      await aws.attempt({ connectionId, action: 's3:PutObject', resource }, ({ s3 }) =>
        s3.send(new PutObjectCommand({ Bucket: bucket, Key: prefix, Body: new Uint8Array(0), ContentType: 'application/x-directory' })),
      );
      return OK;
    },

    count: ({ input, signal }) => countObjects(aws, input, signal),
  };
}
