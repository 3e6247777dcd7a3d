import { DEFAULT_TYPE, HEADERS, type HeaderName, type Headers } from './headers.ts';

/** What people say of an object, as opposed to what follows from its bytes. Text is decoded: as people read it. */
export interface Described {
  headers: Headers;
  metadata: Record<string, string>;
  /** null: they could not be read. */
  tags: Record<string, string> | null;
  lock: Lock;
}

export interface Lock {
  mode?: string | undefined;
  /** ISO 8601. */
  until?: string | undefined;
  legalHold?: boolean | undefined;
}

/** Values to set; null removes. What is not named stays as it is. */
export type Changes = Record<string, string | null>;

export interface ObjectChange {
  headers: Partial<Record<HeaderName, string | null>>;
  metadata: Changes;
  tags: Changes;
  /** null: no retention any more. `bypass`: governance is lifted or shortened by s3:BypassGovernanceRetention. */
  retention?: { mode: 'GOVERNANCE' | 'COMPLIANCE'; until: string; bypass: boolean } | null | undefined;
  legalHold?: boolean | undefined;
}

export const NO_CHANGE: ObjectChange = { headers: {}, metadata: {}, tags: {} };

/** The values after the changes, all others kept. */
export function merged<T extends Record<string, string>>(values: T, changes: Partial<Record<string, string | null>>): Record<string, string> {
  const after = new Map(Object.entries(values));
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) after.delete(name);
    else if (value !== undefined) after.set(name, value);
  }
  return Object.fromEntries(after);
}

/** S3 gives every object a type: removing it means S3's own. */
export const mergedHeaders = (headers: Headers, changes: ObjectChange['headers']): Headers => ({ contentType: DEFAULT_TYPE, ...(merged(headers as Record<string, string>, changes) as Headers) });

export const sameValues = (a: Record<string, string>, b: Record<string, string>): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([name, value]) => Object.hasOwn(b, name) && b[name] === value);

/** Whether headers or metadata would be written anew, which S3 does only by a copy of the object. */
export function needsCopy({ headers, metadata }: Described, change: ObjectChange): boolean {
  const after = mergedHeaders(headers, change.headers);
  return HEADERS.some((name) => name in change.headers && after[name] !== headers[name]) || !sameValues(metadata, merged(metadata, change.metadata));
}

export const needsTags = ({ tags }: Described, change: ObjectChange): boolean => Object.keys(change.tags).length > 0 && (tags === null || !sameValues(tags, merged(tags, change.tags)));

export function needsRetention({ lock }: Described, { retention }: ObjectChange): boolean {
  if (retention === undefined) return false;
  if (retention === null) return lock.mode !== undefined;
  return lock.mode !== retention.mode || lock.until === undefined || seconds(lock.until) !== seconds(retention.until);
}

export const needsLegalHold = ({ lock }: Described, { legalHold }: ObjectChange): boolean => legalHold !== undefined && legalHold !== (lock.legalHold ?? false);

export const isNothing = (change: ObjectChange): boolean =>
  [change.headers, change.metadata, change.tags].every((changes) => Object.keys(changes).length === 0) && change.retention === undefined && change.legalHold === undefined;

/** Whether there is anything to write to an object. */
export const needsWriting = (described: Described, change: ObjectChange): boolean =>
  needsCopy(described, change) || needsTags(described, change) || needsRetention(described, change) || needsLegalHold(described, change);

/** S3 keeps retention dates to the second. */
const seconds = (iso: string): number => Math.floor(Date.parse(iso) / 1000);
