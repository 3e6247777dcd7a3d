import { z } from 'zod';
import { appErrorData, bucketName, connectionId, objectKey, prefix, procedure } from './common.ts';

/**
 * One page of the versions of a prefix, as columns: entry i of each belongs together. Keys in S3's order, the newest of
 * a key first. A delete marker has no size.
 */
export const versionPage = z.object({
  prefixes: z.array(z.string()),
  keys: z.array(z.string()),
  versionIds: z.array(z.string()),
  latest: z.array(z.boolean()),
  markers: z.array(z.boolean()),
  /** Bytes; 0 for a delete marker. */
  sizes: z.array(z.number()),
  /** ISO 8601. */
  modified: z.array(z.string()),
  storageClasses: z.array(z.string()),
  etags: z.array(z.string()),
  /** Absent on the last page. */
  next: z.object({ keyMarker: z.string(), versionIdMarker: z.string().optional() }).optional(),
});
export type VersionPage = z.infer<typeof versionPage>;

const versionId = z.string().min(1).max(1024);
export const objectVersion = z.object({ key: objectKey, versionId });
export type ObjectVersion = z.infer<typeof objectVersion>;
const one = objectVersion.extend({ connectionId, bucket: bucketName });

export const s3Versions = {
  list: procedure
    .input(
      z.object({
        connectionId,
        bucket: bucketName,
        prefix: prefix.default(''),
        /** Only versions of this very key. */
        key: objectKey.optional(),
        keyMarker: z.string().optional(),
        versionIdMarker: z.string().optional(),
        max: z.number().int().min(1).max(1000).default(1000),
      }),
    )
    .output(versionPage),
  /**
   * Makes a version the current one again by copying it on top; nothing is lost. A version over 5 GiB: NotImplemented (transfers.restoreVersion).
   * Answers with the new version's id, where the bucket gives one.
   */
  restore: procedure.input(one).output(z.object({ versionId: z.string().optional() })),
  /** Removes versions or delete markers for good. Answers with those that were refused, each with why. */
  remove: procedure
    .input(z.object({ connectionId, bucket: bucketName, versions: z.array(objectVersion).min(1).max(1000) }))
    .output(z.object({ removed: z.number(), refused: z.array(objectVersion.extend({ error: appErrorData })) })),
  /** One version through a one-time ticket. */
  download: procedure.input(one).output(z.object({ url: z.string(), fileName: z.string() })),
};
