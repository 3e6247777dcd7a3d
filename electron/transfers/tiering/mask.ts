import picomatch from 'picomatch';
import type { Mask } from '../../../shared/contract/s3Tiers.ts';

export interface Maskable {
  key: string;
  /** Bytes. */
  size: number;
  /** ms since 1970. */
  modified: number;
  storageClass: string;
}

/** Whether an object below `prefix` is meant. The glob sees the key without the prefix; names that begin with a dot count too. */
export function maskTest(mask: Mask | undefined, prefix: string): (object: Maskable) => boolean {
  if (!mask) return () => true;
  const glob = mask.glob === undefined ? undefined : picomatch(mask.glob, { dot: true });
  const before = mask.modifiedBefore === undefined ? Infinity : Date.parse(mask.modifiedBefore);
  const { minSize = 0, maxSize = Infinity, classes } = mask;
  return ({ key, size, modified, storageClass }) =>
    size >= minSize && size <= maxSize && modified < before && (!classes || classes.includes(storageClass)) && (!glob || glob(key.slice(prefix.length)));
}
