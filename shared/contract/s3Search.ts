import { z } from 'zod';
import { appErrorData, bucketName, connectionId, done, prefix, procedure } from './common.ts';
import { objectPage } from './s3.ts';

/** What an object has to be like. `text` empty: any name. */
export const objectFilter = z.object({
  /** How `text` is meant. A glob and a text with a slash look at the path below the prefix, else at the name; a regex always at the path. */
  kind: z.enum(['contains', 'glob', 'regex']),
  text: z.string().max(1024),
  matchCase: z.boolean().default(false),
  /** Bytes. */
  minSize: z.number().min(0).optional(),
  maxSize: z.number().min(0).optional(),
  /** ISO 8601: modified at or after, and before. */
  from: z.string().optional(),
  before: z.string().optional(),
  /** None: any. */
  storageClasses: z.array(z.string()).max(20).default([]),
});
export type ObjectFilter = z.infer<typeof objectFilter>;

/** What was found since the last pull, and how many objects were looked at in all. Prefixes are always empty. */
export const searchBatch = objectPage.omit({ nextToken: true }).extend({ scanned: z.number(), done: z.boolean() });
export type SearchBatch = z.infer<typeof searchBatch>;

export const folderSize = z.object({
  prefix,
  objects: z.number(),
  bytes: z.number(),
  state: z.enum(['counting', 'done', 'failed']),
  error: appErrorData.optional(),
});
export type FolderSizeUpdate = z.infer<typeof folderSize>;

const started = z.object({ id: z.string() });
/** `batch` counts from 0; asking for the same one again answers the same, so that a broken connection loses nothing. */
const pull = z.object({ id: z.string(), batch: z.number().int().min(0) });

/** Long work over everything below a prefix. It is pulled: `next` until it is done, nothing runs far ahead of that. */
export const s3Search = {
  /** BadInput where the glob or regular expression is none. */
  find: procedure.input(z.object({ connectionId, bucket: bucketName, prefix: prefix.default(''), filter: objectFilter })).output(started),
  found: procedure.input(pull).output(searchBatch),
  /** Counts objects and bytes below each prefix. */
  measure: procedure.input(z.object({ connectionId, bucket: bucketName, prefixes: z.array(prefix).min(1).max(10_000) })).output(started),
  /** Prefixes whose numbers changed. */
  measured: procedure.input(pull).output(z.object({ sizes: z.array(folderSize), done: z.boolean() })),
  /** Nothing more of it is wanted. */
  end: procedure.input(z.object({ id: z.string() })).output(done),
};
