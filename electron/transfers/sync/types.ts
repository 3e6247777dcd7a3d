import type { SyncKind, SyncOptions, SyncPlan, SyncSum } from '../../../shared/contract/sync.ts';
import type { AppErrorData } from '../../../shared/errors.ts';
import type { ArchiveState } from '../../../shared/contract/s3Tiers.ts';

export interface FolderPlace {
  kind: 'folder';
  /** What stands for the path outside the backend. */
  folder: string;
  path: string;
}

export interface BucketPlace {
  kind: 'bucket';
  connectionId: string;
  bucket: string;
  /** Empty, or with a slash at its end. */
  prefix: string;
}

export type Place = FolderPlace | BucketPlace;

export interface Pair {
  from: Place;
  to: Place;
  options: SyncOptions;
}

/** A file of one side. */
export interface Entry {
  /** Below the place. */
  key: string;
  /** Bytes. */
  size: number;
  /** ms since 1970: of an object in whole seconds, of a file as exact as its file system has it. */
  modified: number;
  /** Of an object. */
  etag?: string;
  storageClass?: string;
  archive?: ArchiveState;
  /** Of a file: relative to the folder, `/`-separated. */
  path?: string;
  /** Where that is a link inside the folder: the file it leads to. */
  real?: string;
  /** An empty folder of this machine, or the empty object that stands for one; its key ends with a slash. */
  folder?: boolean;
  /** It cannot be read, or is no file. */
  problem?: AppErrorData;
}

/** One line of a plan, as kept on disk. */
export interface Row {
  n: number;
  kind: SyncKind;
  key: string;
  from?: Entry;
  to?: Entry;
  why?: 'size' | 'time' | 'checksum';
  /** To a folder: where the file goes, relative to it. */
  path?: string;
  excluded?: boolean;
  problem?: AppErrorData;
}

/** What is kept of a plan beside its rows. */
export interface PlanRecord extends Omit<SyncPlan, 'from' | 'to' | 'sums'> {
  from: Place;
  to: Place;
  sums: Record<SyncKind, SyncSum>;
}
