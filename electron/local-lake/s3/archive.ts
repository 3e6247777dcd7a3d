import { ServiceError } from '../http/serviceError.ts';
import type { ObjectRecord } from '../objects/records.ts';
import { httpDate } from './context.ts';

const ARCHIVED = ['GLACIER', 'DEEP_ARCHIVE'];
export const isArchived = ({ storageClass }: Pick<ObjectRecord, 'storageClass'>) => ARCHIVED.includes(storageClass ?? '');

/** Of an archived object: being brought back, readable until a time, or neither. */
export function restoreState(record: ObjectRecord, now = Date.now()): 'ongoing' | 'restored' | undefined {
  const { restore } = record;
  if (!restore || !isArchived(record)) return undefined;
  if (now < restore.readyAt) return 'ongoing';
  return now < restore.expiresAt ? 'restored' : undefined;
}

/** InvalidObjectState where the bytes of an archived object are asked for that is not restored. */
export function assertReadable(record: ObjectRecord, message = "The operation is not valid for the object's storage class"): void {
  if (isArchived(record) && restoreState(record) !== 'restored') throw new ServiceError('InvalidObjectState', message, 403, { StorageClass: record.storageClass! });
}

/** `x-amz-restore` of GetObject and HeadObject. */
export function restoreHeader(record: ObjectRecord): Record<string, string> {
  const state = restoreState(record);
  if (!state) return {};
  return { 'x-amz-restore': state === 'ongoing' ? 'ongoing-request="true"' : `ongoing-request="false", expiry-date="${httpDate(record.restore!.expiresAt)}"` };
}
