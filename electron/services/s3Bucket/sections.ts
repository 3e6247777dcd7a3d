import { createHash } from 'node:crypto';
import type { BucketSection, SectionState } from '../../../shared/contract/s3Bucket.ts';
import { AppError } from '../../../shared/errors.ts';
import type { AwsConnections } from '../../aws/types.ts';
import { s3Uri } from '../s3/keys.ts';
import { operations } from './operations.ts';

export interface SectionPlace {
  connectionId: string;
  bucket: string;
  section: BucketSection;
}

/** Object members in one order, so that equal values are equal text. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, part]) => [name, canonical(part)]));
}
const versionOf = (value: unknown) => createHash('sha256').update(JSON.stringify(canonical(value)) ?? '').digest('hex').slice(0, 32);

/** The answer without what describes the answer, as JSON carries it (dates as ISO 8601). */
function plain(answer: unknown): Record<string, unknown> {
  const { $metadata: _metadata, ...value } = (answer ?? {}) as Record<string, unknown>;
  return JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
}

/** Names by which servers say that they have no such configuration at all. */
const UNSUPPORTED = new Set(['NotImplemented', 'MethodNotAllowed', 'UnsupportedOperation', 'UnsupportedArgument', 'XNotImplemented']);

const UNSET: SectionState = { state: 'unset', value: null, version: versionOf(null) };

/** One part of a bucket's configuration. A denied or unsupported one is a state, not a failure: the others still show. */
export async function readSection(aws: AwsConnections, { connectionId, bucket, section }: SectionPlace, signal?: AbortSignal): Promise<SectionState> {
  const { read, unset = [], isUnset } = operations[section];
  try {
    const answer = await aws.attempt({ connectionId, action: read.action, resource: s3Uri(bucket) }, ({ s3 }) => read.send(s3, bucket, signal));
    const value = plain(answer);
    if (isUnset?.(value)) return Object.keys(value).length === 0 ? UNSET : { state: 'unset', value, version: versionOf(value) };
    return { state: 'set', value, version: versionOf(value) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.awsCode && unset.includes(error.awsCode)) return UNSET;
    if (error.code === 'AccessDenied') return { state: 'denied', value: null, version: '', error: error.toData() };
    if (error.code === 'NotImplemented' || (error.awsCode && UNSUPPORTED.has(error.awsCode))) return { state: 'unsupported', value: null, version: '', error: error.toData() };
    throw error;
  }
}

/**
 * Writes one part, or removes it (null). S3 has no condition for these writes, so the part is read again right before:
 * what someone else changed meanwhile is refused, not overwritten.
 */
export async function writeSection(aws: AwsConnections, place: SectionPlace & { value: unknown; basedOn: string }): Promise<SectionState> {
  const { connectionId, bucket, section, value, basedOn } = place;
  const { write } = operations[section];
  const resource = s3Uri(bucket);
  if (!write) throw new AppError('BadInput', `The ${section} of ${resource} is shown only.`, { resource });
  aws.assertWritable(connectionId, `change the ${section} of ${resource}`);
  if (value !== null && (typeof value !== 'object' || Array.isArray(value))) throw new AppError('BadInput', `The ${section} of ${resource} must be a JSON object.`, { resource });
  if (value === null && !write.remove) throw new AppError('BadInput', `The ${section} of ${resource} cannot be removed.`, { resource });
  const now = await readSection(aws, place);
  if (now.state === 'denied' || now.state === 'unsupported') throw AppError.fromData(now.error!);
  if (now.version !== basedOn) {
    throw new AppError('Conflict', `The ${section} of ${resource} was changed by someone else meanwhile.`, {
      detail: 'Nothing was written. Reload it, look at the change, and make yours again.',
      resource,
    });
  }
  await aws.attempt({ connectionId, action: write.action, resource }, ({ s3 }) => (value === null ? write.remove!(s3, bucket) : write.put(s3, bucket, value as Record<string, unknown>)));
  return readSection(aws, place);
}
