import { z } from 'zod';
import { HEADERS } from '../objects/headers.ts';
import { appErrorData, bucketName, connectionId, objectKey, procedure } from './common.ts';
import { objectArchive } from './s3Tiers.ts';

const texts = z.record(z.string(), z.string());
const headerName = z.enum(HEADERS);

const lock = z.object({
  mode: z.string().optional(),
  /** ISO 8601. */
  until: z.string().optional(),
  legalHold: z.boolean().optional(),
});

/** What HeadObject and GetObjectTagging tell of one object, or of a version of it. */
export const objectFacts = z.object({
  key: objectKey,
  size: z.number(),
  /** ISO 8601, to the second. */
  modified: z.string(),
  etag: z.string(),
  versionId: z.string().optional(),
  archive: objectArchive,
  headers: z.partialRecord(headerName, z.string()),
  /** Decoded: as people read it. */
  metadata: texts,
  /** Metadata the store has and cannot give back as headers (x-amz-missing-meta): an edit would lose them. */
  missingMetadata: z.number(),
  /** null: reading them was denied, or the store has none. */
  tags: texts.nullable(),
  /** By algorithm, in base64: `{ CRC64NVME: '…' }`. */
  checksums: texts,
  /** FULL_OBJECT or COMPOSITE (a checksum of the parts' checksums). */
  checksumType: z.string().optional(),
  encryption: z.object({ algorithm: z.string(), kmsKeyId: z.string().optional(), bucketKey: z.boolean(), customerKey: z.boolean() }).optional(),
  lock,
  replication: z.string().optional(),
});
export type ObjectFacts = z.infer<typeof objectFacts>;

const part = z.object({ number: z.number(), size: z.number(), checksum: z.string().optional() });

export const objectSheet = objectFacts.extend({
  /** Parts it was uploaded in; `list` is there where each has a checksum of its own (the first 1,000). null: in one piece, or not told. */
  parts: z.object({ count: z.number(), list: z.array(part) }).nullable(),
  /** Others than the owner were granted something, or not; unreadable: what was granted would be lost by a copy. */
  acl: z.enum(['owner', 'granted', 'unreadable']),
  /** Whether the bucket has Object Lock. */
  lockable: z.enum(['yes', 'no', 'unknown']),
});
export type ObjectSheet = z.infer<typeof objectSheet>;

const changes = z.record(z.string().min(1).max(1024), z.string().max(8192).nullable());

/** Values to set, null to remove; what is not named stays as it is. */
export const objectChange = z.object({
  headers: z.partialRecord(headerName, z.string().max(8192).nullable()),
  metadata: changes,
  tags: changes,
  retention: z.object({ mode: z.enum(['GOVERNANCE', 'COMPLIANCE']), until: z.iso.datetime(), bypass: z.boolean() }).nullable().optional(),
  legalHold: z.boolean().optional(),
});

/** An object to edit, and what it was when it was looked at. */
export const editedObject = z.object({ key: objectKey, seen: z.object({ etag: z.string(), modified: z.string() }).optional() });

const at = z.object({ connectionId, bucket: bucketName });

export const s3Objects = {
  /** All there is to know of one object, or of a version of it. */
  sheet: procedure.input(at.extend({ key: objectKey, versionId: z.string().max(1024).optional() })).output(objectSheet),
  /** The facts of several, in their order; one that fails says so in its place. */
  facts: procedure
    .input(at.extend({ keys: z.array(objectKey).min(1).max(100) }))
    .output(z.array(z.union([z.object({ facts: objectFacts }), z.object({ key: objectKey, error: appErrorData })]))),
};
