import { z } from 'zod';
import { textEncodings } from '../textEncodings.ts';
import { bucketName, connectionId, objectKey, procedure } from './common.ts';

/** What all reading of one object took so far, and how far one request may go. Bytes. */
export const readCost = z.object({ bytesRead: z.number(), ranges: z.number(), size: z.number(), budget: z.number() });
export type ReadCost = z.infer<typeof readCost>;

const fact = z.object({ label: z.string(), value: z.string() });
const columns = z.array(z.object({ name: z.string(), type: z.string() }));
/** Column-major; every cell as text, null for NULL; nested values as JSON text. Long ones are cut and end in `…`. */
const cells = z.array(z.array(z.string().nullable()));

/** Where the content of an archive's entry is: what `entries` gave for it. */
export const entryPlace = z.object({
  /** `tarHead`: a tar file inside compressed bytes; offsets count in what they unfold to. */
  container: z.enum(['zip', 'tar', 'tarHead']),
  name: z.string().max(4096),
  /** Zip: of the local header. Tar: of the content. */
  offset: z.number().int().min(0),
  /** Bytes of the content. */
  size: z.number().int().min(0),
  compressedSize: z.number().int().min(0),
});
export type EntryPlace = z.infer<typeof entryPlace>;

export const archiveEntry = entryPlace.extend({
  kind: z.enum(['file', 'folder', 'link', 'other']),
  modified: z.string().optional(),
  /** Why its content cannot be shown. */
  sealed: z.enum(['encrypted', 'method', 'beyond']).optional(),
});
export type ArchiveEntry = z.infer<typeof archiveEntry>;

export const archivePage = z.object({
  entries: z.array(archiveEntry),
  /** Entries in the whole archive, where it says. */
  total: z.number().optional(),
  /** More are listed from here; absent at the end. */
  next: z.number().optional(),
  /** `head`: only what the first bytes of a compressed archive unfold to is known. `cut`: it ends in the middle. */
  partial: z.enum(['head', 'cut']).optional(),
});
export type ArchivePage = z.infer<typeof archivePage>;

const image = { mediaType: z.string(), width: z.number().optional(), height: z.number().optional() };

/** What a preview shows: at most what it says, never the whole object unless that is small. */
export const preview = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('table'),
    format: z.enum(['parquet', 'avro', 'csv', 'tsv', 'json', 'jsonl']),
    columns,
    cells,
    /** Rows in the whole object, where the format says it. */
    totalRows: z.number().optional(),
    rowGroups: z.number().optional(),
    compression: z.string().optional(),
    createdBy: z.string().optional(),
    /** Of delimited text and JSON: the encoding it was read in. */
    encoding: z.string().optional(),
    facts: z.array(fact),
    /** The schema as the file has it, where it is a text (Avro). */
    schemaText: z.string().optional(),
    cost: readCost,
  }),
  z.object({ kind: z.literal('text'), text: z.string(), encoding: z.string(), truncated: z.boolean(), markdown: z.boolean(), compression: z.string().optional(), cost: readCost }),
  /** `data` is base64. */
  z.object({ kind: z.literal('image'), ...image, data: z.string(), cost: readCost }),
  /** The page reads it by `bytes`. */
  z.object({ kind: z.literal('pdf'), cost: readCost }),
  z.object({ kind: z.literal('archive'), format: z.enum(['zip', 'tar']), compression: z.string().optional(), ...archivePage.shape, cost: readCost }),
  /** First bytes, base64, to show as hex. `pages`: more can be read by `bytes`. */
  z.object({ kind: z.literal('hex'), data: z.string(), reason: z.string().optional(), pages: z.boolean(), cost: readCost }),
  z.object({ kind: z.literal('empty'), cost: readCost }),
]);
export type Preview = z.infer<typeof preview>;

/** One element of a Parquet schema, in depth-first order. */
export const parquetElement = z.object({
  name: z.string(),
  depth: z.number(),
  repetition: z.enum(['required', 'optional', 'repeated']),
  /** Physical type; absent for groups. */
  physical: z.string().optional(),
  logical: z.string().optional(),
  /** What Athena calls it; of top-level columns. */
  athena: z.string().optional(),
});
export type ParquetElement = z.infer<typeof parquetElement>;

export const parquetChunk = z.object({
  path: z.string(),
  type: z.string(),
  codec: z.string(),
  encodings: z.array(z.string()),
  values: z.number(),
  nulls: z.number().optional(),
  distinct: z.number().optional(),
  min: z.string().optional(),
  max: z.string().optional(),
  compressed: z.number(),
  uncompressed: z.number(),
  bloomFilter: z.boolean(),
  /** Page statistics (column index) and page places (offset index). */
  columnIndex: z.boolean(),
  offsetIndex: z.boolean(),
});
export type ParquetChunk = z.infer<typeof parquetChunk>;

export const parquetGroup = z.object({
  rows: z.number(),
  firstRow: z.number(),
  compressed: z.number(),
  uncompressed: z.number(),
  sortedBy: z.array(z.string()),
  /** Of the group that was asked for only. */
  chunks: z.array(parquetChunk).optional(),
});
export type ParquetGroup = z.infer<typeof parquetGroup>;

export const parquetFooter = z.object({
  schema: z.array(parquetElement),
  groups: z.array(parquetGroup),
  keyValues: z.array(fact),
  cost: readCost,
});
export type ParquetFooter = z.infer<typeof parquetFooter>;

const at = z.object({ connectionId, bucket: bucketName, key: objectKey, versionId: z.string().max(1024).optional() });
export const MOST_BYTES_AT_ONCE = 1024 * 1024;

export const previewContract = {
  /** Looks at an object anew. BadInput, Timeout or EngineDied name a file that cannot be read. */
  open: procedure
    .input(at.extend({ rows: z.number().int().min(1).max(1000).default(100), encoding: z.enum(textEncodings).optional(), entry: entryPlace.optional() }))
    .output(preview),
  /** What a Parquet footer says; columns of one row group. Conflict where the object was replaced since `open`. */
  parquet: procedure.input(at.extend({ group: z.number().int().min(0).default(0) })).output(parquetFooter),
  /** Rows of a Parquet file from `start`, of the chosen columns (all where left out), by the pages they are in. */
  rows: procedure
    .input(at.extend({ start: z.number().int().min(0), count: z.number().int().min(1).max(1000), columns: z.array(z.string().max(4096)).min(1).max(500).optional() }))
    .output(z.object({ columns, cells, start: z.number(), skipped: z.array(z.string()), cost: readCost })),
  /** More entries of an archive, from `next` of the page before. */
  entries: procedure.input(at.extend({ from: z.number().int().min(0) })).output(archivePage.extend({ cost: readCost })),
  /** Bytes [start, start + length) of the object as it is stored, base64; fewer at its end. */
  bytes: procedure
    .input(at.extend({ start: z.number().int().min(0), length: z.number().int().min(1).max(MOST_BYTES_AT_ONCE) }))
    .output(z.object({ start: z.number(), data: z.string(), cost: readCost })),
};
