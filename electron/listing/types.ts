import type { RestoreStatus } from '@aws-sdk/client-s3';

/** Objects of a listing as columns: `keys[i]`, `sizes[i]`, … belong together. */
export interface KeyPage {
  keys: string[];
  /** Bytes. */
  sizes: number[];
  /** ms since 1970. */
  modified: number[];
  storageClasses: string[];
  etags: string[];
  /** Where it was asked for: how far archived objects are restored. */
  restores?: (RestoreStatus | undefined)[] | undefined;
}

/** One ListObjectsV2 answer; `nextToken` is absent on the last. */
export interface AnsweredPage extends KeyPage {
  nextToken?: string | undefined;
}

/** Where a page starts: after a key, or where the page before ended. Neither: at the first key. */
export interface PageStart {
  startAfter?: string | undefined;
  token?: string | undefined;
  /** Keys at most, 1 to 1,000 (the default). */
  max?: number | undefined;
}

/** Reads one page of one prefix, without delimiter. Fails with AppError; retries are its own business. */
export type ReadPage = (start: PageStart, signal: AbortSignal) => Promise<AnsweredPage>;

export const rows = (page: KeyPage, from: number, to: number): KeyPage => ({
  keys: page.keys.slice(from, to),
  sizes: page.sizes.slice(from, to),
  modified: page.modified.slice(from, to),
  storageClasses: page.storageClasses.slice(from, to),
  etags: page.etags.slice(from, to),
  restores: page.restores?.slice(from, to),
});
