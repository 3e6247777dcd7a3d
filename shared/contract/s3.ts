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

export const s3 = {
  buckets: procedure.input(z.object({ connectionId })).output(z.array(bucket)),
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
  createFolder: procedure.input(z.object({ connectionId, bucket: bucketName, prefix })).output(done),
  /** Objects and bytes below prefixes, counted while it runs; end the iterator to stop. */
  count: procedure
    .input(z.object({ connectionId, bucket: bucketName, prefixes: z.array(prefix).max(10_000), keys: z.array(objectKey).max(100_000) }))
    .output(z.object({ objects: z.number(), bytes: z.number(), complete: z.boolean() })),
};
