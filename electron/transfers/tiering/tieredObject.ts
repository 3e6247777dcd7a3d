import type { ArchiveState } from '../../../shared/contract/s3Tiers.ts';
import type { KeyPage } from '../../listing/types.ts';
import { archiveInListing } from './archiveState.ts';

/** What storage classes and prices depend on, of one object. */
export interface TieredObject {
  key: string;
  /** Bytes. */
  size: number;
  /** ms since 1970. */
  modified: number;
  storageClass: string;
  archive: ArchiveState;
  /** The listing itself told how far a restore is; else `archived` may be out of date. */
  told: boolean;
}

/** The rows of a page that was asked for restore states. */
export const tieredObjects = ({ keys, sizes, modified, storageClasses, restores }: KeyPage): TieredObject[] =>
  keys.map((key, at) => {
    const storageClass = storageClasses[at] || 'STANDARD';
    const restore = restores?.[at];
    return { key, size: sizes[at]!, modified: modified[at]!, storageClass, archive: archiveInListing(storageClass, restore).state, told: restore !== undefined };
  });
