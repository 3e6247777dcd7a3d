import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { appErrorData, bucketName, connectionId, done, pathGrant, prefix, procedure } from './common.ts';

/** A folder of the backend's machine the user chose; `folder` stands for it, also after a restart. */
const folderPlace = z.object({ kind: z.literal('folder'), folder: z.string().min(1).max(64) });
const bucketPlace = z.object({ kind: z.literal('bucket'), connectionId, bucket: bucketName, prefix });
export const syncPlace = z.discriminatedUnion('kind', [folderPlace, bucketPlace]);
export type SyncPlace = z.infer<typeof syncPlace>;

/** The same as people read it. */
export const shownPlace = z.discriminatedUnion('kind', [folderPlace.extend({ path: z.string() }), bucketPlace]);
export type ShownPlace = z.infer<typeof shownPlace>;

export const syncOptions = z.object({
  /** How two files of the same name and size are told apart. */
  compare: z.enum(['time', 'checksum']).default('time'),
  /** Globs on the path below the place; one without a slash is for names in any folder. None: all. */
  include: z.array(z.string().min(1).max(1024)).max(100).default([]),
  exclude: z.array(z.string().min(1).max(1024)).max(100).default([]),
  /** Files whose name, or a folder around them, begins with a dot. */
  hidden: z.boolean().default(true),
  /** Empty folders too: in a bucket an empty object `name/`. They are made, never deleted. */
  folders: z.boolean().default(true),
});
export type SyncOptions = z.infer<typeof syncOptions>;

/**
 * `new`: only at the source. `changed`: at both, and not the same. `gone`: only at the target. `problem`: cannot be
 * synced, or not be told; it is left alone.
 */
export const syncKind = z.enum(['new', 'changed', 'gone', 'same', 'problem']);
export type SyncKind = z.infer<typeof syncKind>;

/** What the user is to know before starting; `count` files, one of them by name. */
export const syncWarning = z.object({
  code: z.enum(['renamed', 'archived', 'targetNewer', 'notCompared', 'unreadable']),
  count: z.number(),
  example: z.string(),
});
export type SyncWarning = z.infer<typeof syncWarning>;

const sum = z.object({
  files: z.number(),
  /** Bytes at the source; of what is gone, at the target. */
  bytes: z.number(),
  /** Of these, what was left out row by row. */
  excludedFiles: z.number(),
  excludedBytes: z.number(),
});
export type SyncSum = z.infer<typeof sum>;

export const syncPlan = z.object({
  id: z.string(),
  from: shownPlace,
  to: shownPlace,
  options: syncOptions,
  state: z.enum(['planning', 'complete', 'failed', 'stopped']),
  /** Files looked at on each side so far. */
  listed: z.object({ from: z.number(), to: z.number() }),
  sums: z.record(syncKind, sum),
  /** Files at the target that the filters let through. */
  targetFiles: z.number(),
  warnings: z.array(syncWarning),
  /** Whether what is deleted or overwritten at the target can be had again. */
  undo: z.enum(['versions', 'none', 'unknown']),
  createdAt: z.string(),
  /** The transfer that carries it out. */
  transferId: z.string().optional(),
  error: appErrorData.optional(),
});
export type SyncPlan = z.infer<typeof syncPlan>;

const fileFacts = z.object({ size: z.number(), modified: z.string() });
export const syncRow = z.object({
  /** Its number in the plan; stays the same. */
  n: z.number().int(),
  kind: syncKind,
  /** Below both places. */
  key: z.string(),
  from: fileFacts.optional(),
  to: fileFacts.optional(),
  /** What tells a changed file. */
  why: z.enum(['size', 'time', 'checksum']).optional(),
  /** Its name on this computer, where that is written differently. */
  path: z.string().optional(),
  excluded: z.boolean(),
  problem: appErrorData.optional(),
});
export type SyncRow = z.infer<typeof syncRow>;

export const savedPair = z.object({ id: z.string(), name: z.string().min(1).max(100), from: shownPlace, to: shownPlace, options: syncOptions, deleteGone: z.boolean() });
export type SavedPair = z.infer<typeof savedPair>;

const byId = z.object({ id: z.string().max(64) });

/** Plans of a sync. A plan changes nothing; `transfers.sync` carries it out. */
export const sync = {
  /** Remembers a chosen folder as a place. */
  folder: procedure.input(z.object({ grant: pathGrant })).output(folderPlace.extend({ path: z.string() })),
  /** BadInput where the places overlap, or a glob is none. What stops a plan later is its `error`. */
  plan: procedure.input(z.object({ from: syncPlace, to: syncPlace, options: syncOptions })).output(syncPlan),
  /** The plan while it is made, coalesced; ends when it is complete, failed or stopped. NotFound where it was dropped. */
  watch: procedure.input(byId).output(eventIterator(syncPlan)),
  stop: procedure.input(byId).output(done),
  /** Rows of these kinds by number, from `after` on. A page may hold fewer than `max` (even none) before the last one. */
  rows: procedure
    .input(byId.extend({ kinds: z.array(syncKind).min(1), text: z.string().max(1024).optional(), after: z.number().int().optional(), max: z.number().int().min(1).max(1000).default(500) }))
    .output(z.object({ rows: z.array(syncRow), next: z.number().int().nullable() })),
  /** Leaves rows out, or takes them in again. Conflict once the plan was started. */
  exclude: procedure.input(byId.extend({ rows: z.array(z.object({ n: z.number().int(), kind: syncKind })).max(10_000), excluded: z.boolean() })).output(syncPlan),
  drop: procedure.input(byId).output(done),
  pairs: procedure.output(z.array(savedPair)),
  /** Without an id a new one. */
  savePair: procedure.input(savedPair.omit({ id: true, from: true, to: true }).extend({ id: z.string().max(64).optional(), from: syncPlace, to: syncPlace })).output(savedPair),
  removePair: procedure.input(byId).output(done),
};
