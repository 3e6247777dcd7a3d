import type { RestoreTier } from '../../../shared/contract/s3Tiers.ts';
import type { Collection, Store } from '../../storage/store.ts';

/** A restore that was asked for from here. */
export interface NotedRestore {
  bucket: string;
  key: string;
  tier: RestoreTier;
  days: number;
  requestedAt: string;
}

export const restoresOf = (store: Store): Collection<NotedRestore> => store.collection<NotedRestore>('restores');
export const restoreKey = (connectionId: string, bucket: string, key: string): string => `${connectionId}/${bucket}/${key}`;
/** All of one connection: '0' is the character after '/'. */
export const restoresBelow = (connectionId: string) => ({ gt: `${connectionId}/`, lt: `${connectionId}0` });
