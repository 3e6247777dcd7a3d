import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { charts } from './charts.ts';
import { appErrorData, done, pathGrant, procedure } from './common.ts';
import { columnProfile, profileQuery, selectionQuery, selectionStats, topValuesQuery, valueCount } from './resultAnalysis.ts';
import { exportFormat, exportOptions } from './resultExports.ts';
import { columnFilter, resultColumn, sortKey, viewSpec, viewState } from './resultViews.ts';

export type { ResultColumn, SortKey } from './resultViews.ts';

/** A finished run's rows, on disk, without running the query again. */
export const resultState = z.object({
  runId: z.string(),
  columns: z.array(resultColumn),
  /** Rows that can be paged now. */
  rows: z.number(),
  /** `loading`: more rows come (bytesLoaded of bytesTotal); `evicted`: reopen to read it from S3 again. */
  state: z.enum(['loading', 'complete', 'failed', 'evicted']),
  bytesLoaded: z.number(),
  bytesTotal: z.number(),
  /** Where rows came from: the result object, the engine's pages (FAULTS 22), a file of an engine on this machine, or the first page only. */
  source: z.enum(['object', 'api', 'engine', 'firstPage']),
  /** The user keeps it: it does not leave to make room. */
  pinned: z.boolean().optional(),
  /** What it is called in SQL on this desk (`results.r12`), once it was opened. */
  name: z.string().optional(),
  error: appErrorData.optional(),
});
export type ResultState = z.infer<typeof resultState>;

/** A page, column-major; every cell as Athena's text, null for NULL (told apart from ''). */
export const resultPage = z.object({ start: z.number(), cells: z.array(z.array(z.string().nullable())) });
export type ResultPage = z.infer<typeof resultPage>;

/** A result on disk. */
export const storedResult = z.object({
  runId: z.string(),
  /** What it is called in SQL on this desk: `results.` and this. */
  name: z.string(),
  rows: z.number(),
  columns: z.array(resultColumn),
  /** Of its files, views among them. */
  bytes: z.number(),
  pinned: z.boolean(),
  /** ms since 1970. */
  lastUsed: z.number(),
});
export type StoredResult = z.infer<typeof storedResult>;

export const exportJob = z.object({
  id: z.string(),
  runId: z.string(),
  format: exportFormat,
  state: z.enum(['running', 'succeeded', 'failed', 'cancelled']),
  rowsTotal: z.number(),
  rowsWritten: z.number(),
  bytesWritten: z.number(),
  /** Shown to the user; for a browser download the file's name. */
  target: z.string(),
  /** For destination `browser`, once succeeded: GET this once. */
  downloadUrl: z.string().optional(),
  /** For destination `upload`, once succeeded: the file, to be given to transfers.upload. It is kept for a day. */
  grant: pathGrant.optional(),
  error: appErrorData.optional(),
});
export type ExportJob = z.infer<typeof exportJob>;

export const results = {
  /** Opens (or goes on opening) the rows of a succeeded run. The first page is there when this answers. */
  open: procedure.input(z.object({ runId: z.string() })).output(resultState),
  watch: procedure.input(z.object({ runId: z.string() })).output(eventIterator(resultState)),
  /** At most 1,000 rows of a view. `viewId` absent = the result itself. `columns`: only these, in this order. */
  page: procedure
    .input(
      z.object({
        runId: z.string(),
        viewId: z.string().optional(),
        start: z.number().int().min(0),
        count: z.number().int().min(1).max(1000),
        columns: z.array(z.number().int().min(0)).max(10_000).optional(),
      }),
    )
    .output(resultPage),
  /** The rows that pass, in an order: a copy made once and paged like the result. Without any of them the result itself. */
  view: procedure
    .input(z.object({ runId: z.string(), sort: z.array(sortKey).max(16), filters: z.array(columnFilter).max(200).optional(), search: z.string().max(1000).optional() }))
    .output(z.object({ viewId: z.string().optional(), rows: z.number() })),
  /** Makes a view and tells how far it is. Leaving the stream gives it up, unless somebody else waits for it. */
  makeView: procedure.input(z.object({ runId: z.string(), spec: viewSpec })).output(eventIterator(viewState)),
  /** Counts, sums and extremes of selected cells, however many. */
  stats: procedure.input(selectionQuery).output(selectionStats),
  /** The values of a column there are most of, with their counts. */
  topValues: procedure.input(topValuesQuery).output(z.array(valueCount)),
  profile: procedure.input(profileQuery).output(columnProfile),
  /** Starts writing all rows (of a view, where given). Never runs the query again. */
  export: procedure
    .input(
      z.object({
        runId: z.string(),
        viewId: z.string().optional(),
        format: exportJob.shape.format,
        destination: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('path'), grant: pathGrant }),
          z.object({ kind: z.literal('browser'), fileName: z.string().min(1).max(200) }),
          /** A file on this machine, on its way to S3. */
          z.object({ kind: z.literal('upload'), fileName: z.string().min(1).max(200).regex(/^(?!\.{1,2}$)[^/\\\u0000-\u001f]+$/, 'must be a file name') }),
        ]),
        ...exportOptions.shape,
      }),
    )
    .output(exportJob),
  watchExport: procedure.input(z.object({ id: z.string() })).output(eventIterator(exportJob)),
  cancelExport: procedure.input(z.object({ id: z.string() })).output(done),
  /** A pinned result stays on disk, whatever the budget; answers with its state. */
  pin: procedure.input(z.object({ runId: z.string(), pinned: z.boolean() })).output(resultState),
  /** Results on this machine's disk, and how much they may take. */
  stored: procedure.output(z.object({ results: z.array(storedResult), bytes: z.number(), budget: z.number() })),
  /** The tab was closed: files may be evicted. */
  close: procedure.input(z.object({ runId: z.string() })).output(done),
  ...charts,
};
