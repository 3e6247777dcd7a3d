import { z } from 'zod';
import { connectionId, done, procedure } from './common.ts';
import { parameterValue } from './parameters.ts';
import { redshiftTarget } from './redshift.ts';
import { engineName } from './runs.ts';

/** A query kept on this computer, for any connection. */
export const savedQuery = z.object({
  id: z.string().min(1).max(64),
  name: z.string().min(1).max(200),
  /** `reports/daily`; empty: at the top. */
  folder: z.string().max(500),
  tags: z.array(z.string().min(1).max(50)).max(30),
  sql: z.string().max(4_000_000),
  /** Whose SQL it is; absent: Athena's. */
  engine: engineName.optional(),
  target: redshiftTarget.optional(),
  catalog: z.string().optional(),
  database: z.string().optional(),
  workgroup: z.string().optional(),
  /** Values of its parameters. */
  values: z.record(z.string(), parameterValue).optional(),
  updatedAt: z.string(),
});
export type SavedQuery = z.infer<typeof savedQuery>;

/** A query that the engine's service keeps, for everybody in the workgroup. */
export const sharedQuery = z.object({
  kind: z.enum(['named', 'prepared']),
  /** The service's id; of a prepared statement its name. */
  id: z.string(),
  name: z.string(),
  workgroup: z.string(),
  database: z.string().optional(),
  description: z.string().optional(),
  sql: z.string(),
  updatedAt: z.string().optional(),
});
export type SharedQuery = z.infer<typeof sharedQuery>;

const inWorkgroup = z.object({ connectionId, workgroup: z.string().min(1).max(128) });

export const savedQueries = {
  /** All of them, by folder and name. */
  list: procedure.output(z.array(savedQuery)),
  /** Makes or replaces one by its id; answers with it as kept. */
  save: procedure.input(savedQuery.omit({ updatedAt: true })).output(savedQuery),
  remove: procedure.input(z.object({ ids: z.array(z.string()).max(1000) })).output(done),
  /** Named queries and prepared statements of a workgroup. `denied` names what could not be listed. */
  shared: procedure.input(inWorkgroup).output(z.object({ queries: z.array(sharedQuery), denied: z.array(z.string()) })),
  /** Makes one, or changes the one of this id (named) or name (prepared). */
  share: procedure
    .input(inWorkgroup.extend({ kind: sharedQuery.shape.kind, id: z.string().optional(), name: z.string().min(1).max(128), description: z.string().max(1024).optional(), database: z.string().min(1).max(255), sql: z.string().min(1).max(262_144) }))
    .output(done),
  unshare: procedure.input(inWorkgroup.extend({ kind: sharedQuery.shape.kind, id: z.string() })).output(done),
};
