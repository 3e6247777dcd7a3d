import { AppError } from '../../../shared/errors.ts';
import { s3Uri } from '../../services/s3/keys.ts';
import type { PlanItem } from '../records.ts';

export interface CopyRequest {
  /** Both buckets are in one store: those of one name are the same. */
  sameStore: boolean;
  bucket: string;
  keys: string[];
  prefixes: string[];
  basePrefix: string;
  toBucket: string;
  toPrefix: string;
  renameTo?: string | undefined;
}

/**
 * The plan of a copy: each key and prefix with its new name. BadInput where there is nothing to copy, or something would
 * be copied onto or into itself.
 */
export function copyItems({ sameStore, bucket, keys, prefixes, basePrefix, toBucket, toPrefix, renameTo }: CopyRequest): { items: PlanItem[]; target: string } {
  const count = keys.length + prefixes.length;
  if (count === 0) throw new AppError('BadInput', 'No object was chosen to copy.');
  if (renameTo !== undefined && count > 1) throw new AppError('BadInput', `${count} objects cannot all be called ${renameTo}.`, { detail: 'Choose one object or folder to rename.' });
  const newName = (from: string) => renameTo ?? toPrefix + (from.startsWith(basePrefix) ? from.slice(basePrefix.length) : from);
  const sameBucket = sameStore && bucket === toBucket;
  const items: PlanItem[] = [];
  for (const key of keys) {
    // Chosen twice: by itself and by a folder around it.
    if (prefixes.some((prefix) => key.startsWith(prefix))) continue;
    const to = newName(key);
    if (sameBucket && to === key) throw itself(bucket, key, 'onto');
    items.push({ key, to });
  }
  for (const prefix of prefixes) {
    const to = newName(prefix);
    if (prefix !== '' && !to.endsWith('/')) throw new AppError('BadInput', `${s3Uri(toBucket, to)} is no folder.`, { detail: 'The name of a folder ends with a slash.' });
    if (sameBucket && to.startsWith(prefix)) throw itself(bucket, prefix, to === prefix ? 'onto' : 'into');
    items.push({ prefix, to });
  }
  return { items, target: s3Uri(toBucket, renameTo ?? toPrefix) };
}

const itself = (bucket: string, key: string, where: 'onto' | 'into') =>
  new AppError('BadInput', `${s3Uri(bucket, key)} cannot be copied ${where} itself.`, { detail: 'Choose another target. Nothing was changed.', resource: s3Uri(bucket, key) });
