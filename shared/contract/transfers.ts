import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { appErrorData, bucketName, connectionId, done, objectKey, pathGrant, prefix, procedure } from './common.ts';
import { conflict, conflictChoice, conflictPolicy } from './conflicts.ts';
import { editedObject, objectChange } from './s3Objects.ts';
import { mask, restoreTier } from './s3Tiers.ts';
import { TARGET_CLASSES } from '../prices/storageClasses.ts';

/** What a plan came upon beside files and bytes. What did not occur is left out. */
export const survey = z.object({
  /** Empty folders. */
  folders: z.number().optional(),
  /** Upload: hidden files (`.name`, Thumbs.db, …, or below such a folder), and their bytes. */
  hidden: z.number().optional(),
  hiddenBytes: z.number().optional(),
  /** Upload: links that are left out. */
  links: z.number().optional(),
  /** Download: names this disk cannot hold as they are, and the first few of them. */
  renamed: z.number().optional(),
  examples: z.array(z.object({ key: z.string(), path: z.string() })).optional(),
  /** Download: archived objects, which cannot be read, and their bytes. */
  archived: z.number().optional(),
  archivedBytes: z.number().optional(),
  /** Download: bytes free on the disk it goes to. */
  free: z.number().optional(),
  /** Upload: the target may not be listed, so what is there is found out file by file. */
  unlisted: z.boolean().optional(),
});
export type Survey = z.infer<typeof survey>;

export const transfer = z.object({
  id: z.string(),
  connectionId,
  /** Copy, move, sync: the connection of the sources, where that is another one. */
  fromConnectionId: connectionId.optional(),
  kind: z.enum(['upload', 'browserUpload', 'download', 'delete', 'storageClass', 'restore', 'edit', 'copy', 'move', 'sync', 'undo', 'empty']),
  /** e.g. `~/exports/2001` and `s3://bucket/incoming/`. */
  source: z.string(),
  target: z.string(),
  state: z.enum(['scanning', 'queued', 'running', 'paused', 'needsFile', 'needsAnswer', 'done', 'failed', 'cancelled']),
  filesTotal: z.number(),
  filesDone: z.number(),
  filesFailed: z.number(),
  /** Left out because something is there already. */
  filesSkipped: z.number().optional(),
  /** Files that wait for an answer, because something is there already (state needsAnswer). */
  conflicts: z.number().optional(),
  /** It was only planned so far: it starts when it is answered. */
  proposed: z.boolean().optional(),
  survey: survey.optional(),
  /** A move, once every copy is verified. */
  phase: z.enum(['deleting']).optional(),
  /** Its copies can be deleted again, the sources are still there. */
  canRollBack: z.boolean().optional(),
  /** Its copies were deleted again. */
  rolledBack: z.boolean().optional(),
  /** Copies that replaced an object in a bucket that keeps no versions: what was there is gone, whatever is taken back. */
  overwrittenForGood: z.number().optional(),
  bytesTotal: z.number(),
  bytesDone: z.number(),
  /** Bytes a second over the last seconds. */
  speed: z.number(),
  /** Seconds until it is through at the pace of late; null while nothing is known (scanning, waiting, no pace yet). */
  secondsLeft: z.number().nullable(),
  /** Waiting transfers start in ascending order of this. */
  order: z.number(),
  /** Why it moves nothing at the moment; it goes on by itself (no network, a full service). After a cancel: its cleaning up does. */
  waitsFor: appErrorData.optional(),
  createdAt: z.string(),
  endedAt: z.string().optional(),
  /** The first failure, or the one that stopped it. */
  error: appErrorData.optional(),
  /** Objects whose delete or overwrite can be taken back, in a bucket that keeps versions. */
  undoable: z.number().optional(),
  /** Those of them that were replaced, and not deleted. */
  replaced: z.number().optional(),
  /** Versions are suspended: bringing back what was replaced costs what was written in its place. */
  undoLoses: z.boolean().optional(),
  /** It was taken back. */
  undone: z.boolean().optional(),
});
export type Transfer = z.infer<typeof transfer>;

/** `active`: pending, and worked on right now. */
export const fileState = z.enum(['pending', 'active', 'done', 'failed', 'skipped']);

/** One file of a transfer. */
export const transferFile = z.object({
  /** Its place in the transfer, from 0; stays the same. */
  index: z.number().int(),
  key: z.string(),
  /** Where it is on the backend's machine, relative to the folder of a download. */
  path: z.string().optional(),
  state: fileState,
  /** Bytes. */
  size: z.number(),
  /** Bytes moved so far. */
  bytesDone: z.number(),
  error: appErrorData.optional(),
});
export type TransferFile = z.infer<typeof transferFile>;

/** Bytes a second over all transfers; null: as fast as it goes. */
const rate = z.number().int().min(16_384).max(1e12).nullable();
export const bandwidthLimits = z.object({ up: rate, down: rate });
export type BandwidthLimits = z.infer<typeof bandwidthLimits>;

const historyQuery = z.object({
  /** In source, target, or a key, letter case aside. */
  text: z.string().max(1024).optional(),
  kinds: z.array(transfer.shape.kind).optional(),
  /** Of the ended ones: done, failed, cancelled. */
  states: z.array(transfer.shape.state).optional(),
  /** Created between, ISO 8601. */
  from: z.string().optional(),
  to: z.string().optional(),
  /** `next` of the page before. */
  after: z.string().max(200).optional(),
  max: z.number().int().min(1).max(200).default(50),
});
export type HistoryQuery = z.infer<typeof historyQuery>;

const items = z.object({ keys: z.array(objectKey).max(100_000), prefixes: z.array(prefix).max(10_000) });

/** How a transfer to a bucket or to this computer begins. */
const beginning = {
  policy: conflictPolicy.default('ask'),
  /** It is planned, shows what it would do, and waits for `answer`. Cancelled before that, it is forgotten. */
  propose: z.boolean().default(false),
};

/** A file of a browser drop or choice, whose bytes the page will PUT when asked. */
const browserFile = z.object({ relativePath: z.string().min(1).max(1024), size: z.number().int().min(0), lastModified: z.number() });

/** The page is asked for bytes [offset, offset+length) of file `file`, to PUT to `url` with the bearer token. */
export const wantedSlice = z.object({ file: z.number().int(), offset: z.number(), length: z.number(), url: z.string() });

export const transfers = {
  list: procedure.output(z.array(transfer)),
  /** Changed transfers, coalesced to ten a second; the first event holds all. */
  watch: procedure.output(eventIterator(z.array(transfer))),
  upload: procedure
    .input(z.object({ connectionId, bucket: bucketName, prefix, grants: z.array(pathGrant).min(1).max(10_000), ...beginning }))
    .output(transfer),
  browserUpload: procedure
    .input(
      z.object({
        connectionId,
        bucket: bucketName,
        prefix,
        files: z.array(browserFile).max(100_000),
        /** Empty folders, as relative paths. */
        folders: z.array(z.string().min(1).max(1024)).max(100_000).default([]),
        ...beginning,
        /** The upload that waits for its files (needsFile): it goes on where it was. Conflict where these are not its files. */
        again: z.string().optional(),
      }),
    )
    .output(transfer),
  /** Pulled: answers with the next slices wanted (waits up to 20 s), `[]` meaning ask again, null when finished. */
  wanted: procedure.input(z.object({ id: z.string(), max: z.number().int().min(1).max(16).default(4) })).output(z.array(wantedSlice).nullable()),
  download: procedure
    .input(items.extend({ connectionId, bucket: bucketName, basePrefix: prefix.default(''), grant: pathGrant, ...beginning }))
    .output(transfer),
  /** One object through a one-time ticket to the browser's own downloads. */
  browserDownload: procedure
    .input(z.object({ connectionId, bucket: bucketName, key: objectKey }))
    .output(z.object({ url: z.string(), fileName: z.string() })),
  delete: procedure.input(items.extend({ connectionId, bucket: bucketName })).output(transfer),
  /**
   * Deletes everything in a bucket for good: every version, delete marker and unfinished upload. `confirm` is the bucket's
   * name, as typed (BadInput). Conflict where a transfer still writes to it.
   */
  emptyBucket: procedure.input(z.object({ connectionId, bucket: bucketName, confirm: z.string().max(255) })).output(transfer),
  /** Copies objects onto themselves in another class; what is in it already or archived is left. */
  changeStorageClass: procedure
    .input(items.extend({ connectionId, bucket: bucketName, mask: mask.optional(), storageClass: z.enum(TARGET_CLASSES) }))
    .output(transfer),
  /** Asks for copies of archived objects, readable for so many days. */
  restore: procedure
    .input(items.extend({ connectionId, bucket: bucketName, mask: mask.optional(), days: z.number().int().min(1).max(3650), tier: restoreTier }))
    .output(transfer),
  /** Changes what is said of objects. One that is not what was seen, where that is given, is left alone (Conflict). */
  edit: procedure.input(z.object({ connectionId, bucket: bucketName, objects: z.array(editedObject).min(1).max(100_000), change: objectChange })).output(transfer),
  /**
   * Takes back what an ended transfer deleted or replaced, as a transfer of its own: delete markers are removed, versions
   * that were replaced are copied on top. Objects written again since are left as they are, and said so.
   */
  undo: procedure.input(z.object({ id: z.string() })).output(transfer),
  /**
   * Copies, or (`move`) copies, verifies all and then deletes the sources, inside S3 or, with another `toConnectionId`,
   * through the backend to another connection. Keys get `toPrefix` in
   * the place of `basePrefix`; with `renameTo` the only key or prefix gets this very one.
   */
  copy: procedure
    .input(
      items.extend({
        connectionId,
        bucket: bucketName,
        basePrefix: prefix,
        toConnectionId: connectionId.optional(),
        toBucket: bucketName,
        toPrefix: prefix.default(''),
        renameTo: objectKey.optional(),
        move: z.boolean().default(false),
        policy: conflictPolicy.default('ask'),
      }),
    )
    .output(transfer),
  /**
   * Carries a plan out as one transfer: what is new and changed, and what is gone where `deleteGone`. What is no longer as
   * the plan saw it is left and reported; nothing is deleted while anything failed. Conflict where the plan is not
   * complete or was started before, or (awsCode `ConfirmDeletes`) where it deletes much and `confirmDeletes` is not the
   * number of files it deletes.
   */
  sync: procedure.input(z.object({ planId: z.string().max(64), deleteGone: z.boolean().default(false), confirmDeletes: z.number().int().optional() })).output(transfer),
  /** Makes a version of any size the current one again, by a copy on top of whatever is current now; all versions stay. */
  restoreVersion: procedure.input(z.object({ connectionId, bucket: bucketName, key: objectKey, versionId: z.string().min(1).max(1024) })).output(transfer),
  /** Deletes the copies again. Conflict once a move deletes its sources. */
  rollBack: procedure.input(z.object({ id: z.string() })).output(transfer),
  /** Files that wait for an answer, by index. */
  conflicts: procedure
    .input(z.object({ id: z.string(), after: z.number().int().default(-1), max: z.number().int().min(1).max(1000).default(200) }))
    .output(z.array(conflict)),
  /**
   * Answers for all conflicts, some of them differently; the transfer goes on. One that was proposed starts, also while it
   * is still planned: `all` then holds for what is met later too, and may be "ask".
   */
  answer: procedure
    .input(
      z.object({
        id: z.string(),
        all: conflictPolicy,
        some: z.array(z.object({ index: z.number().int(), choice: conflictChoice })).max(10_000).default([]),
        /** Upload: hidden files go too. */
        hidden: z.boolean().default(true),
      }),
    )
    .output(transfer),
  cancel: procedure.input(z.object({ id: z.string() })).output(transfer),
  retry: procedure.input(z.object({ id: z.string() })).output(transfer),
  pause: procedure.input(z.object({ id: z.string() })).output(transfer),
  resume: procedure.input(z.object({ id: z.string() })).output(transfer),
  /** Asks at once whether the endpoint it waits for can be reached, where the next try would be later. */
  tryNow: procedure.input(z.object({ id: z.string() })).output(transfer),
  /** A waiting transfer starts before another, or (null) after all. Conflict where one of them has ended. */
  reorder: procedure.input(z.object({ id: z.string(), before: z.string().nullable() })).output(done),
  limits: procedure.output(bandwidthLimits),
  /** Applies at once, to what runs too; kept over restarts. */
  changeLimits: procedure.input(bandwidthLimits.partial()).output(bandwidthLimits),
  /** The files of a transfer by index, from `after` on. A page may hold fewer than `max` (even none) before the last one. */
  files: procedure
    .input(z.object({ id: z.string(), states: z.array(fileState).optional(), text: z.string().max(1024).optional(), after: z.number().int().optional(), max: z.number().int().min(1).max(1000).default(200) }))
    .output(z.object({ files: z.array(transferFile), next: z.number().int().nullable() })),
  /** Takes ended transfers off the list; they stay in the history. */
  clear: procedure.output(done),
  /** Ended transfers, newest first. A page may hold fewer than `max` (even none) before the last one. */
  history: procedure.input(historyQuery).output(z.object({ transfers: z.array(transfer), next: z.string().nullable() })),
  /** Forgets the ended transfers that are off the list. */
  clearHistory: procedure.output(done),
};
