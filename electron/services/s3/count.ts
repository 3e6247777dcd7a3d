import { HeadObjectCommand } from '@aws-sdk/client-s3';
import PQueue from 'p-queue';
import type { AwsConnections } from '../../aws/types.ts';
import { listAll } from '../../listing/listAll.ts';
import { s3Uri } from './keys.ts';

/** A count ends here, and says that it is not complete. */
const MOST_OBJECTS = 5_000_000;
/** Prefixes and keys at a time; a large prefix is read by several readers itself. */
const AT_ONCE = 8;

export interface Count {
  objects: number;
  bytes: number;
  complete: boolean;
}

/** Objects and bytes of keys and of all below prefixes; stops with the signal. */
export async function countObjects(
  aws: AwsConnections,
  { connectionId, bucket, prefixes, keys }: { connectionId: string; bucket: string; prefixes: string[]; keys: string[] },
  signal?: AbortSignal,
): Promise<Count> {
  const total: Count = { objects: 0, bytes: 0, complete: true };
  const queue = new PQueue({ concurrency: AT_ONCE });

  const countPrefix = async (prefix: string) => {
    if (!total.complete) return;
    for await (const { sizes } of listAll(aws, { connectionId, bucket, prefix, signal })) {
      total.objects += sizes.length;
      total.bytes += sizes.reduce((sum, size) => sum + size, 0);
      if (total.objects < MOST_OBJECTS) continue;
      total.complete = false;
      return;
    }
  };
  const countKey = async (key: string) => {
    const head = await aws.attempt({ connectionId, action: 's3:GetObject', resource: s3Uri(bucket, key) }, ({ s3 }) =>
      s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: signal }),
    );
    total.objects += 1;
    total.bytes += head.ContentLength ?? 0;
  };

  await queue.addAll([...prefixes.map((prefix) => () => countPrefix(prefix)), ...keys.map((key) => () => countKey(key))], { signal });
  return total;
}
