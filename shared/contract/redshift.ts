import { z } from 'zod';
import { connectionId, procedure } from './common.ts';

const name = z.string().min(1).max(128);

/** Where a Redshift statement runs: a provisioned cluster or a serverless workgroup, a database, and as whom. */
export const redshiftTarget = z.object({
  kind: z.enum(['workgroup', 'cluster']),
  /** WorkgroupName, or ClusterIdentifier. */
  name,
  database: name,
  /** A cluster's database user (temporary credentials); absent: the secret, or who the connection is. */
  dbUser: name.optional(),
  /** A Secrets Manager secret with the user and password. */
  secretArn: z.string().startsWith('arn:').max(2048).optional(),
});
export type RedshiftTarget = z.infer<typeof redshiftTarget>;

const where = z.object({ connectionId, target: redshiftTarget });

/** The catalog of Redshift by its Data API. Statements run by `runs.start` with engine `redshift`. */
export const redshift = {
  databases: procedure.input(where).output(z.array(z.string())),
  /** Schemas of the target's database, a page of them. */
  schemas: procedure.input(where.extend({ token: z.string().optional() })).output(z.object({ schemas: z.array(z.string()), nextToken: z.string().optional() })),
  /** Tables and views of one schema, a page of them; `type` as Redshift says it: `TABLE`, `VIEW`, `EXTERNAL TABLE`. */
  tablesOf: procedure
    .input(where.extend({ schema: z.string().min(1).max(128), token: z.string().optional() }))
    .output(z.object({ tables: z.array(z.object({ name: z.string(), type: z.string() })), nextToken: z.string().optional() })),
  /** Tables and views by schema; system schemas last. `truncated`: there are more than were read. */
  tables: procedure.input(where).output(z.object({ schemas: z.array(z.object({ name: z.string(), tables: z.array(z.string()) })), truncated: z.boolean() })),
  columns: procedure.input(where.extend({ schema: z.string().min(1).max(128), table: z.string().min(1).max(128) })).output(z.array(z.object({ name: z.string(), type: z.string() }))),
};
