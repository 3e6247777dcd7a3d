import { z } from 'zod';
import { appErrorData, bucketName, connectionId, done, objectKey, prefix, procedure } from './common.ts';

/** The parts of a bucket's configuration, each read and written by its own API operation. */
export const bucketSections = [
  'versioning',
  'encryption',
  'policy',
  'policyStatus',
  'publicAccess',
  'ownership',
  'acl',
  'cors',
  'tags',
  'logging',
  'replication',
  'notifications',
  'objectLock',
  'accelerate',
  'requestPayment',
  'website',
  'lifecycle',
] as const;
export type BucketSection = (typeof bucketSections)[number];
const section = z.enum(bucketSections);

/**
 * One part as it is. `value` has the shape and names of the API's own output (`aws s3api get-bucket-…`), a policy its
 * own JSON. `version` changes whenever the value does: a write names the version it is based on.
 */
export const sectionState = z.object({
  state: z.enum(['set', 'unset', 'denied', 'unsupported']),
  value: z.unknown(),
  version: z.string(),
  /** Why it cannot be read: `denied` and `unsupported`. */
  error: appErrorData.optional(),
});
export type SectionState = z.infer<typeof sectionState>;

const at = z.object({ connectionId, bucket: bucketName });

export const multipartUpload = z.object({
  key: z.string(),
  uploadId: z.string(),
  /** ISO 8601. */
  initiated: z.string(),
  initiator: z.string(),
  storageClass: z.string(),
  /** A transfer of this app is still working on it: it cannot be aborted here. */
  own: z.boolean(),
});
export type MultipartUpload = z.infer<typeof multipartUpload>;

const chosenUpload = z.object({ key: objectKey, uploadId: z.string().min(1).max(2000) });

export const s3Bucket = {
  /** Region and creation, where they may be read. */
  summary: procedure.input(at).output(z.object({ region: z.string().optional(), createdAt: z.string().optional() })),
  readSection: procedure.input(at.extend({ section })).output(sectionState),
  /**
   * Reads again first: Conflict where the part is no longer at `basedOn`. `value` null removes the configuration where
   * the API can. Answers the part as it is afterwards.
   */
  writeSection: procedure.input(at.extend({ section, value: z.unknown(), basedOn: z.string().max(100) })).output(sectionState),

  /** One page of the multipart uploads that were begun and neither completed nor aborted. */
  uploads: procedure
    .input(at.extend({ prefix: prefix.default(''), keyMarker: z.string().max(1024).optional(), uploadIdMarker: z.string().max(2000).optional() }))
    .output(z.object({ uploads: z.array(multipartUpload), next: z.object({ keyMarker: z.string(), uploadIdMarker: z.string() }).optional() })),
  /** Parts and bytes S3 stores (and bills) for each upload, in order; null where ListParts failed, with the first reason. */
  uploadSizes: procedure
    .input(at.extend({ uploads: z.array(chosenUpload).min(1).max(100) }))
    .output(z.object({ sizes: z.array(z.object({ parts: z.number(), bytes: z.number() }).nullable()), error: appErrorData.optional() })),
  /** Conflict for one of our own running transfers. One upload's failure does not stop the others. */
  abortUploads: procedure
    .input(at.extend({ uploads: z.array(chosenUpload).min(1).max(1000) }))
    .output(z.object({ aborted: z.number(), failed: z.array(z.object({ key: z.string(), uploadId: z.string(), error: appErrorData })) })),

  create: procedure
    .input(
      at.extend({
        /** Absent: the connection's. */
        region: z.string().regex(/^[a-z0-9-]{2,40}$/).optional(),
        versioning: z.boolean(),
        objectLock: z.boolean(),
        blockPublicAccess: z.boolean(),
        tags: z.record(z.string().min(1).max(128), z.string().max(256)),
      }),
    )
    /** `notDone`: the bucket is there, these settings could not be made. */
    .output(z.object({ notDone: z.array(z.object({ setting: z.enum(['versioning', 'publicAccess', 'tags']), error: appErrorData })) })),
  /** What keeps a bucket from being deleted, counted up to a bound. */
  contents: procedure
    .input(at)
    .output(z.object({ objects: z.number(), noncurrent: z.number(), deleteMarkers: z.number(), uploads: z.number(), bytes: z.number(), complete: z.boolean() })),

  /** Buckets of the connection whose requests we agree to pay for. */
  requesterPays: procedure.input(z.object({ connectionId })).output(z.array(z.string())),
  setRequesterPays: procedure.input(at.extend({ on: z.boolean() })).output(done),

  presign: procedure
    .input(
      at.extend({
        method: z.enum(['GET', 'PUT']),
        objects: z.array(z.object({ key: objectKey, versionId: z.string().max(1024).optional() })).min(1).max(1000),
        /** Seconds; S3 allows a week. */
        expiresIn: z.number().int().min(1).max(604_800),
        /** GET: response-content-type. PUT: the type that has to be sent. */
        contentType: z.string().max(255).optional(),
        /** GET: response-content-disposition. */
        contentDisposition: z.string().max(1024).optional(),
      }),
    )
    .output(
      z.object({
        urls: z.array(z.object({ key: z.string(), url: z.string() })),
        /** When the addresses really stop working, ISO 8601. */
        expiresAt: z.string(),
        /** `credentials`: they end before the wanted time. */
        limitedBy: z.enum(['wanted', 'credentials']),
      }),
    ),
};
