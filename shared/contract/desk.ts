import { z } from 'zod';
import { appErrorData, done, pathGrant, procedure } from './common.ts';

const column = z.object({ name: z.string(), type: z.string() });

/** What a table of this desk is called in SQL: `files.` or `results.` and a plain lower-case name. */
export const deskName = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/, 'lower-case letters, digits and _, not beginning with a digit');

/** A file or folder of the backend's machine that statements of DuckDB on this desk may read. */
export const deskFile = z.object({
  id: z.string(),
  name: deskName,
  path: z.string(),
  isFolder: z.boolean(),
  /** How `files.NAME` is read: the file, or all files of the folder that have this format. */
  format: z.enum(['csv', 'json', 'parquet']).optional(),
  /** As DuckDB finds them; absent where it could not (`problem`). */
  columns: z.array(column).optional(),
  problem: appErrorData.optional(),
});
export type DeskFile = z.infer<typeof deskFile>;

/** A finished result of this computer, as a table. */
export const deskResult = z.object({ name: z.string(), runId: z.string(), sql: z.string(), rows: z.number(), columns: z.array(column) });
export type DeskResult = z.infer<typeof deskResult>;

export const deskFunction = z.object({ name: z.string(), signature: z.string(), description: z.string().optional() });
export type DeskFunction = z.infer<typeof deskFunction>;

/** DuckDB on this machine: what its statements can read. Running them is `runs.start` with engine `duckdb`. */
export const desk = {
  /** Files and folders that were added, in order of name, and results on disk, the last used first. Reads the heads of files. */
  tables: procedure.output(z.object({ files: z.array(deskFile), results: z.array(deskResult) })),
  /** Lets statements read a chosen file or folder, from now on, until it is removed. One that was added before is answered as it is. */
  add: procedure.input(z.object({ grant: pathGrant })).output(deskFile),
  rename: procedure.input(z.object({ id: z.string(), name: deskName })).output(deskFile),
  /** Statements can no longer read it. The file stays as it is. */
  remove: procedure.input(z.object({ id: z.string() })).output(done),
  /** The syntax error DuckDB itself finds in one statement, one-based; null: none. */
  problem: procedure.input(z.object({ sql: z.string().max(262_144) })).output(z.object({ line: z.number(), column: z.number(), message: z.string() }).nullable()),
  functions: procedure.output(z.array(deskFunction)),
};
