import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { connectionId, done, procedure } from './common.ts';

/**
 * How bytes are checked on their way to S3 and from it; servers differ in what they know. `full`: one CRC32 over every
 * object, `parts`: one over each part, `md5`: Content-MD5 as older servers want it, and ETags that are MD5s on the way
 * back, `none`: sizes only.
 */
export const checksumMode = z.enum(['full', 'parts', 'md5', 'none']);
export type ChecksumMode = z.infer<typeof checksumMode>;

/** Where a lake is. `local` is the embedded lake, always there. Secrets are never part of this shape. */
export const connection = z.object({
  id: connectionId,
  name: z.string(),
  kind: z.enum(['local', 'profile', 'environment', 'keys']),
  /** The name in ~/.aws, for kind `profile`. */
  profile: z.string().optional(),
  region: z.string(),
  /** One endpoint for all services (MinIO, LocalStack, moto); absent = AWS. */
  endpoint: z.string().optional(),
  /** Endpoints by service (`s3`, `glue`, `athena`, `sts`, `redshift-data`), over `endpoint`. */
  endpoints: z.record(z.string(), z.string()).optional(),
  colour: z.enum(['teal', 'blue', 'violet', 'amber', 'red', 'grey']),
  /** Enforced in the backend, SQL included. New AWS connections start read-only. */
  readOnly: z.boolean(),
  /** Default: `full`. */
  checksums: checksumMode.optional(),
  /** `memory`: keys are kept only until the app quits, because this machine has no keychain. */
  secretsKeptIn: z.enum(['none', 'keychain', 'memory']),
});
export type Connection = z.infer<typeof connection>;

/** A profile the SDK's own chain would resolve, found in ~/.aws (re-read when it changes). */
export const foundProfile = z.object({
  name: z.string(),
  source: z.enum(['keys', 'role', 'sso', 'process', 'web-identity', 'unknown']),
  region: z.string().optional(),
  /** sso_session or sso_start_url, where there is one. */
  ssoSession: z.string().optional(),
  accountId: z.string().optional(),
  roleName: z.string().optional(),
});
export type FoundProfile = z.infer<typeof foundProfile>;

export const identity = z.object({
  account: z.string(),
  arn: z.string(),
  userId: z.string(),
  region: z.string(),
  /** When the credentials themselves end (ISO 8601), if they do. */
  expiresAt: z.string().optional(),
});
export type Identity = z.infer<typeof identity>;

/** A profile's role or session takes a code of an MFA device. */
export const mfaQuestion = z.object({
  id: z.string(),
  profile: z.string(),
  /** The device, as `mfa_serial` names it. */
  serial: z.string(),
  /** The code given before was not right. */
  refused: z.boolean(),
});
export type MfaQuestion = z.infer<typeof mfaQuestion>;

const newConnection = z.object({
  name: z.string().min(1).max(100),
  kind: z.enum(['profile', 'environment', 'keys']),
  profile: z.string().max(200).optional(),
  region: z.string().regex(/^[a-z0-9-]{2,40}$/),
  endpoint: z.url().optional(),
  endpoints: z.record(z.string(), z.url()).optional(),
  colour: connection.shape.colour.optional(),
  checksums: checksumMode.optional(),
  /** Only for kind `keys`. They go in and never come out. */
  accessKeyId: z.string().max(200).optional(),
  secretAccessKey: z.string().max(400).optional(),
  sessionToken: z.string().max(8000).optional(),
});

const change = z.object({
  id: connectionId,
  name: z.string().min(1).max(100).optional(),
  region: newConnection.shape.region.optional(),
  endpoint: z.url().nullable().optional(),
  colour: connection.shape.colour.optional(),
  readOnly: z.boolean().optional(),
  checksums: checksumMode.optional(),
});

export const connections = {
  list: procedure.output(z.array(connection)),
  /** Profiles of ~/.aws, and whether AWS_* variables are set. */
  discover: procedure.output(
    z.object({ profiles: z.array(foundProfile), environment: z.boolean(), configFile: z.string(), problem: z.string().optional() }),
  ),
  create: procedure.input(newConnection).output(connection),
  update: procedure.input(change).output(connection),
  remove: procedure.input(z.object({ id: connectionId })).output(done),
  /** GetCallerIdentity of the very client in use. CredentialsExpired carries `signInCommand`. */
  identity: procedure.input(z.object({ connectionId })).output(identity),
  /** Drops cached credentials and clients, then asks again: what Retry does after a sign-in. */
  refresh: procedure.input(z.object({ connectionId })).output(identity),
  /** The questions that are open, whenever they change; one a profile. */
  watchMfa: procedure.output(eventIterator(z.array(mfaQuestion))),
  /** The code goes to AWS and is kept nowhere. NotFound where the question is over. */
  answerMfa: procedure.input(z.object({ id: z.string(), code: z.string().regex(/^\d{6}$/) })).output(done),
  /** What waits for the code fails; the profile asks again after `refresh`. */
  dismissMfa: procedure.input(z.object({ id: z.string() })).output(done),
};
