import path from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import { s3Uri } from '../../services/s3/keys.ts';
import { matcherOf } from '../../services/s3Search/matcher.ts';
import type { BucketPlace, Pair, Place } from './types.ts';

export const nameOf = (place: Place): string => (place.kind === 'folder' ? place.path : s3Uri(place.bucket, place.prefix));

/** The bucket side of a pair: the target, where both are. */
export const bucketOf = ({ from, to }: Pick<Pair, 'from' | 'to'>): BucketPlace => (to.kind === 'bucket' ? to : (from as BucketPlace));

/** `upload`: folder to bucket, `download`: bucket to folder, `copy`: bucket to bucket. */
export const directionOf = ({ from, to }: Pick<Pair, 'from' | 'to'>): 'upload' | 'download' | 'copy' => (from.kind === 'folder' ? 'upload' : to.kind === 'folder' ? 'download' : 'copy');

const inside = (one: string, other: string) => one.startsWith(other) || other.startsWith(one);

/** BadInput where these places cannot be synced, or a glob is none. `sameStore`: whether buckets of one name are the same in two connections. */
export function assertPair({ from, to, options }: Pair, sameStore: (one: string, other: string) => boolean): void {
  if (from.kind === 'folder' && to.kind === 'folder') {
    throw new AppError('BadInput', `${nameOf(from)} and ${nameOf(to)} are both folders of this computer.`, { detail: 'One side of a sync is a bucket.' });
  }
  if (from.kind === 'bucket' && to.kind === 'bucket') {
    if (sameStore(from.connectionId, to.connectionId) && from.bucket === to.bucket && inside(from.prefix, to.prefix)) {
      throw new AppError('BadInput', `${nameOf(from)} and ${nameOf(to)} overlap.`, { detail: 'One of them lies in the other: what is written would be a source again. Choose places apart.' });
    }
  }
  for (const text of [...options.include, ...options.exclude]) matcherOf(globFilter(text), '');
}

export const globFilter = (text: string) => ({ kind: 'glob' as const, text, matchCase: true, storageClasses: [] });

/** A prefix as a place: what is below it, not what merely begins with it. */
export const asFolder = (prefix: string): string => (prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`);

export const fileOf = (place: Place & { kind: 'folder' }, relative: string): string => path.join(place.path, ...relative.split('/'));
