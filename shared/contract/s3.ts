import { z } from 'zod';
import { bucketName, connectionId, done, objectKey, prefix, procedure } from './common.ts';

export const bucket = z.object({ name: bucketName, createdAt: z.string().optional(), region: z.string().optional() });
export type Bucket = z.infer<typeof bucket>;

/** One page of a listing, as columns: `keys[i]`, `sizes[i]`, … belong together. */
export const objectPage = z.object({
  /** Common prefixes, whole (with the trailing delimiter). */
  prefixes: z.array(z.string()),
  keys: z.array(z.string()),
  sizes: z.array(z.number()),
  /** ISO 8601. */
  modified: z.array(z.string()),
  storageClasses: z.array(z.string()),
  etags: z.array(z.string()),
  /** Absent on the last page. */
  nextToken: z.string().optional(),
});
export type ObjectPage = z.infer<typeof objectPage>;

export const objectDetails = z.object({
  bucket: bucketName,
  key: objectKey,
  size: z.number(),
  modified: z.string(),
  etag: z.string(),
  storageClass: z.string(),
  contentType: z.string().optional(),
  contentEncoding: z.string().optional(),
  cacheControl: z.string().optional(),
  versionId: z.string().optional(),
  encryption: z.string().optional(),
  /** e.g. `{ CRC64NVME: 'base64…' }`. */
  checksums: z.record(z.string(), z.string()),
  metadata: z.record(z.string(), z.string()),
  /** null: reading tags was denied. */
  tags: z.record(z.string(), z.string()).nullable(),
});
export type ObjectDetails = z.infer<typeof objectDetails>;

const at = z.object({ connectionId, bucket: bucketName, key: objectKey });

export const s3 = {
  buckets: procedure.input(z.object({ connectionId })).output(z.array(bucket)),
  createBucket: procedure.input(z.object({ connectionId, bucket: bucketName })).output(done),
  /** Conflict (BucketNotEmpty) where it holds objects. */
  deleteBucket: procedure.input(z.object({ connectionId, bucket: bucketName })).output(done),
  /** One page. The page asks for the next with `token` only when it wants it; abort stops the request. */
  list: procedure
    .input(
      z.object({
        connectionId,
        bucket: bucketName,
        prefix: prefix.default(''),
        delimiter: z.string().max(1).default('/'),
        token: z.string().optional(),
        max: z.number().int().min(1).max(1000).default(1000),
      }),
    )
    .output(objectPage),
  head: procedure.input(at).output(objectDetails),
  createFolder: procedure.input(z.object({ connectionId, bucket: bucketName, prefix })).output(done),
  /** Objects and bytes below prefixes, counted while it runs; end the iterator to stop. */
  count: procedure
    .input(z.object({ connectionId, bucket: bucketName, prefixes: z.array(prefix).max(10_000), keys: z.array(objectKey).max(100_000) }))
    .output(z.object({ objects: z.number(), bytes: z.number(), complete: z.boolean() })),
};
