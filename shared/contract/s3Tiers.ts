import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { appErrorData, bucketName, connectionId, done, objectKey, prefix, procedure } from './common.ts';

export const restoreTier = z.enum(['Expedited', 'Standard', 'Bulk']);
export type RestoreTier = z.infer<typeof restoreTier>;

/** US dollars; null: not known, and then nothing is guessed. */
const dollars = z.number().min(0).max(1_000_000).nullable();

const classPrices = z.object({
  /** Per GB (2^30 bytes) and month. */
  storage: dollars,
  /** Per 1,000 PUT, COPY, POST or LIST requests. */
  put: dollars,
  /** Per 1,000 GET and other requests. */
  get: dollars,
  /** Per 1,000 lifecycle transitions into the class. */
  transition: dollars,
  /** Per GB read (or copied) out of the class. */
  retrieval: dollars,
});
export type ClassPrices = z.infer<typeof classPrices>;

const restorePrices = z.partialRecord(restoreTier, z.object({ perGb: dollars, per1000: dollars }));

export const regionPrices = z.object({
  /** When these figures were last compared with their source: YYYY-MM-DD. */
  asOf: z.string().regex(/^\d{4}-\d\d-\d\d$/),
  /** Where they are from. */
  source: z.string().max(2000),
  /** Intelligent-Tiering's monitoring, per 1,000 objects and month. */
  monitoring: dollars,
  /** By storage class, as S3 names them. */
  classes: z.record(z.string(), classPrices),
  /** By archive class (GLACIER, DEEP_ARCHIVE) and tier. */
  restore: z.record(z.string(), restorePrices),
});
export type RegionPrices = z.infer<typeof regionPrices>;

const priceTable = z.object({ currency: z.literal('USD'), regions: z.record(z.string(), regionPrices) });
export type PriceTable = z.infer<typeof priceTable>;

/** Which of the listed objects are meant. What is left out does not matter. */
export const mask = z.object({
  /** On the key below the prefix; `*` stays within one folder, `**` does not. */
  glob: z.string().min(1).max(1024).optional(),
  /** Bytes. */
  minSize: z.number().int().min(0).optional(),
  maxSize: z.number().int().min(0).optional(),
  /** ISO 8601: last modified before it. */
  modifiedBefore: z.iso.datetime().optional(),
  /** Only these classes. */
  classes: z.array(z.string()).max(20).optional(),
});
export type Mask = z.infer<typeof mask>;

/** none: no archive class. The others: how far the object's archived data can be read. */
export const archiveState = z.enum(['none', 'archived', 'restoring', 'restored']);
export type ArchiveState = z.infer<typeof archiveState>;

/** Objects that are alike in all that prices depend on, summed. Ages and sizes are indexes of the buckets of shared/prices. */
export const cell = z.object({
  storageClass: z.string(),
  age: z.number().int(),
  size: z.number().int(),
  archive: archiveState,
  objects: z.number(),
  bytes: z.number(),
  /** Billable bytes × days that their class's minimum duration still has to run. */
  owedByteDays: z.number(),
});
export type Cell = z.infer<typeof cell>;

const group = z.object({ name: z.string(), objects: z.number(), bytes: z.number(), byClass: z.record(z.string(), z.number()) });
export type Group = z.infer<typeof group>;

export const scanState = z.object({
  state: z.enum(['scanning', 'complete', 'failed']),
  /** Objects listed so far, and of them those the mask wants. */
  listed: z.number(),
  objects: z.number(),
  bytes: z.number(),
  cells: z.array(cell),
  /** The largest parts one level below, largest first, then the rest as one named ''. */
  prefixes: z.array(group),
  extensions: z.array(group),
  /** Noncurrent versions and delete markers, where they were asked for; null: not counted. */
  noncurrent: z.object({ objects: z.number(), bytes: z.number() }).nullable(),
  /** Some objects that have to be restored before they can be read. */
  archivedKeys: z.array(z.string()),
  error: appErrorData.optional(),
});
export type ScanState = z.infer<typeof scanState>;

export const bucketFacts = z.object({
  region: z.string(),
  versioning: z.enum(['enabled', 'suspended', 'off', 'unknown']),
  /** False for servers that are not AWS: prices then say what it would cost there. */
  billed: z.boolean(),
});
export type BucketFacts = z.infer<typeof bucketFacts>;

export const objectArchive = z.object({
  storageClass: z.string(),
  state: archiveState,
  /** Restored: the copy can be read until then (ISO 8601). */
  until: z.string().optional(),
});
export type ObjectArchive = z.infer<typeof objectArchive>;

export const restoreRecord = objectArchive.extend({
  bucket: bucketName,
  key: objectKey,
  tier: restoreTier,
  days: z.number(),
  requestedAt: z.string(),
  /** Reading its state failed. */
  error: appErrorData.optional(),
});
export type RestoreRecord = z.infer<typeof restoreRecord>;

export const selection = z.object({
  connectionId,
  bucket: bucketName,
  keys: z.array(objectKey).max(100_000),
  prefixes: z.array(prefix).max(10_000),
  mask: mask.optional(),
});

const at = z.object({ connectionId, bucket: bucketName });

export const s3Tiers = {
  /** `edited`: the regions whose figures are the user’s own. */
  prices: procedure.output(z.object({ table: priceTable, edited: z.array(z.string()) })),
  /** Keeps the user's own figures of one region. */
  savePrices: procedure.input(z.object({ region: z.string().min(1).max(64), prices: regionPrices })).output(done),
  /** Back to the figures the app came with. */
  resetPrices: procedure.input(z.object({ region: z.string().min(1).max(64) })).output(done),
  facts: procedure.input(at).output(bucketFacts),
  /** Sums as the listing goes on; the last event is complete or failed. Ending the iterator stops it. */
  scan: procedure.input(selection.extend({ noncurrent: z.boolean().default(false) })).output(eventIterator(scanState)),
  archive: procedure.input(at.extend({ key: objectKey })).output(objectArchive),
  /** Restores asked for from here, newest first, each with its state now (500 at most). */
  restores: procedure.input(z.object({ connectionId })).output(z.array(restoreRecord)),
  /** Forgets those that are over, or that cannot be read. */
  clearRestores: procedure.input(z.object({ connectionId })).output(done),
};
