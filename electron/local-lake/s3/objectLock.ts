import { ServiceError } from '../http/serviceError.ts';
import type { BucketRecord, ObjectMeta, ObjectRecord } from '../objects/records.ts';
import { header, type S3Context } from './context.ts';
import { invalidArgument } from './errors.ts';

const DAY_MS = 86_400_000;
/** Of its configuration: the query parameter, and what a bucket that was created with object lock has. */
export const OBJECT_LOCK = 'object-lock';
export const LOCK_ENABLED = { xml: '<ObjectLockEnabled>Enabled</ObjectLockEnabled>', headers: {} };

export const hasLock = (bucket: BucketRecord) => bucket.configurations?.[OBJECT_LOCK] !== undefined;
export function assertLock({ store, bucket }: S3Context): void {
  if (!hasLock(store.bucket(bucket))) throw new ServiceError('InvalidRequest', 'Bucket is missing Object Lock Configuration', 400);
}

/** A mode and a time in the future; anything else is refused. */
export function readRetention(mode: string, until: string, name: string): NonNullable<ObjectMeta['retention']> {
  if (mode !== 'GOVERNANCE' && mode !== 'COMPLIANCE') throw invalidArgument('Unknown wormMode directive.', name, mode);
  const ms = Date.parse(until);
  if (Number.isNaN(ms)) throw invalidArgument('The retain until date must be provided in ISO 8601 format', name, until);
  if (ms <= Date.now()) throw invalidArgument('The retain until date must be in the future!', name, until);
  return { mode, until: ms };
}

/** What the headers of a write say of the new version's lock, or else the bucket's default retention. */
export function lockFromHeaders(context: S3Context): Pick<ObjectMeta, 'retention' | 'legalHold'> {
  const [mode, until, hold] = ['mode', 'retain-until-date', 'legal-hold'].map((name) => header(context, `x-amz-object-lock-${name}`));
  if (mode === undefined && until === undefined && hold === undefined) return defaultRetention(context);
  assertLock(context);
  if ((mode === undefined) !== (until === undefined)) {
    throw invalidArgument('x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied', 'x-amz-object-lock-mode', mode ?? '');
  }
  if (hold !== undefined && hold !== 'ON' && hold !== 'OFF') throw invalidArgument('Legal Hold must be either of ON or OFF', 'x-amz-object-lock-legal-hold', hold);
  const retention = mode === undefined ? defaultRetention(context).retention : readRetention(mode, until!, 'x-amz-object-lock-mode');
  return { ...(retention ? { retention } : {}), ...(hold === undefined ? {} : { legalHold: hold }) };
}

function defaultRetention({ store, bucket }: S3Context): Pick<ObjectMeta, 'retention'> {
  const kept = store.bucket(bucket).configurations?.[OBJECT_LOCK] as { xml: string } | undefined;
  const found = /<DefaultRetention>(.*)<\/DefaultRetention>/.exec(kept?.xml ?? '')?.[1];
  const value = (name: string) => new RegExp(`<${name}>(\\w+)</${name}>`).exec(found ?? '')?.[1];
  const [mode, days, years] = [value('Mode'), value('Days'), value('Years')];
  if (mode !== 'GOVERNANCE' && mode !== 'COMPLIANCE') return {};
  return { retention: { mode, until: Date.now() + (days === undefined ? Number(years) * 365 : Number(days)) * DAY_MS } };
}

/** The lock headers of GetObject and HeadObject. */
export function lockHeaders({ retention, legalHold }: ObjectRecord): Record<string, string> {
  return {
    ...(retention ? { 'x-amz-object-lock-mode': retention.mode, 'x-amz-object-lock-retain-until-date': new Date(retention.until).toISOString() } : {}),
    ...(legalHold ? { 'x-amz-object-lock-legal-hold': legalHold } : {}),
  };
}

const denied = () => new ServiceError('AccessDenied', 'Access Denied because object protected by object lock.', 403);
const bypasses = (context: S3Context) => header(context, 'x-amz-bypass-governance-retention')?.toLowerCase() === 'true';
const isRetained = (record: ObjectRecord) => record.retention !== undefined && record.retention.until > Date.now();

/** AccessDenied where a version may not be removed for good. */
export function assertRemovable(context: S3Context, version: ObjectRecord | undefined): void {
  if (!version) return;
  if (version.legalHold === 'ON' || (isRetained(version) && !(version.retention!.mode === 'GOVERNANCE' && bypasses(context)))) throw denied();
}

/** AccessDenied where a retention would be shortened, or its mode changed, that may not be. */
export function assertRetentionChange(context: S3Context, before: ObjectRecord, next: ObjectMeta['retention']): void {
  if (!isRetained(before)) return;
  const { mode, until } = before.retention!;
  const stricter = next !== undefined && next.until >= until && (next.mode === mode || mode === 'GOVERNANCE');
  if (!stricter && !(mode === 'GOVERNANCE' && bypasses(context))) throw denied();
}
