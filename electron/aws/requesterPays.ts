import type { ServiceInputTypes, ServiceOutputTypes } from '@aws-sdk/client-s3';
import type { Pluggable } from '@smithy/types';
import type { Store } from '../storage/store.ts';

interface S3Input {
  Bucket?: string;
  CopySource?: string;
}

/** Buckets of each connection for which the user agreed to pay, as the owner of a Requester Pays bucket demands. */
export interface RequesterPays {
  pays(connectionId: string, bucket: string | undefined): boolean;
  list(connectionId: string): string[];
  set(connectionId: string, bucket: string, on: boolean): Promise<void>;
  forget(connectionId: string): Promise<void>;
}

export async function openRequesterPays(store: Store): Promise<RequesterPays> {
  const kept = store.collection<string[]>('requesterPays');
  const byConnection = new Map<string, Set<string>>();
  for await (const [id, buckets] of kept.entries()) byConnection.set(id, new Set(buckets));
  return {
    pays: (id, bucket) => bucket !== undefined && (byConnection.get(id)?.has(bucket) ?? false),
    list: (id) => [...(byConnection.get(id) ?? [])].sort(),
    async set(id, bucket, on) {
      const buckets = new Set(byConnection.get(id));
      if (on) buckets.add(bucket);
      else buckets.delete(bucket);
      await kept.put(id, [...buckets]);
      byConnection.set(id, buckets);
    },
    async forget(id) {
      await kept.delete(id);
      byConnection.delete(id);
    },
  };
}

/** The bucket a copy reads from; `CopySource` is `bucket/key`, or `/bucket/key`. */
const sourceBucket = (copySource: string | undefined) => copySource?.replace(/^\//, '').split('/')[0];

/**
 * Adds `x-amz-request-payer` to every request about such a bucket, signed with the rest.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ObjectsinRequesterPaysBuckets.html
 */
export function requestPayer(pays: (bucket: string | undefined) => boolean): Pluggable<ServiceInputTypes, ServiceOutputTypes> {
  return {
    applyToStack(stack) {
      stack.add(
        (next) => async (args) => {
          const { Bucket, CopySource } = args.input as S3Input;
          const request = args.request as { headers?: Record<string, string> };
          if (request.headers && (pays(Bucket) || pays(sourceBucket(CopySource)))) request.headers['x-amz-request-payer'] = 'requester';
          return next(args);
        },
        { step: 'build', name: 'requestPayer', override: true },
      );
    },
  };
}
