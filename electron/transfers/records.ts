import type { ConflictChoice, ConflictPolicy } from '../../shared/contract/conflicts.ts';
import type { Transfer } from '../../shared/contract/transfers.ts';
import type { Mask, RestoreTier } from '../../shared/contract/s3Tiers.ts';
import type { ObjectChange } from '../../shared/objects/change.ts';
import type { AppErrorData } from '../../shared/errors.ts';
import type { KeptAcl } from './edit/acl.ts';

/** What the journal keeps of a transfer: what the page sees, and what it takes to go on after a crash. */
export interface TransferRecord extends Omit<Transfer, 'speed' | 'secondsLeft' | 'waitsFor'> {
  bucket: string;
  /** Upload: where in the bucket. Download: what is cut off keys to get a relative path. */
  prefix: string;
  /** Copy, move: the bucket of the sources. */
  fromBucket?: string;
  /** What to do where something is at the target already; "ask" waits for an answer after planning. */
  policy?: ConflictPolicy;
  /** The user's answer to what was planned, not yet applied to every file. */
  answer?: Answer;
  /** The queue is taking the copies back. */
  rollingBack?: boolean;
  /** Change of class, restore: which of the objects are meant. */
  mask?: Mask;
  /** Change of class: the class they get. */
  storageClass?: string;
  /** Restore: how long the copies are kept, and how fast. */
  restore?: { days: number; tier: RestoreTier };
  /** Restore: the objects were named one by one. */
  named?: boolean;
  /** Edit: what is changed. */
  change?: ObjectChange;
  /** Delete: whether S3 leaves delete markers; not known before its first answer. */
  leavesMarkers?: boolean;
  /** Sync: the plan it carries out, and whether what is gone is deleted. */
  syncPlan?: string;
  deleteGone?: boolean;
  /** Emptying: deleting began; what was counted is the total. */
  emptying?: boolean;
  /** Undo: the transfer it takes back. */
  undoOf?: string;
  /** A version it replaced stays; bringing that back replaces what it wrote, for good, as the bucket's versions are suspended. */
  undoLoses?: boolean;
  /** Download: the folder it writes to. */
  folder?: string;
  /** Files from this index on were not begun yet; of those before that are pending nobody knows. */
  begunTo?: number;
  /** True once every file is journalled; until then a restart plans afresh. */
  planned: boolean;
  /** Something may have been moved. */
  begun?: boolean;
  /** Cancel was asked for; a restart finishes cancelling. */
  cancelling?: boolean;
  /** Paused because the credentials ended, not by the user: goes on by itself once they work again. */
  awaitsSignIn?: boolean;
  /** Off the list; part of the history. */
  cleared?: boolean;
}

/** What to do with conflicts, some (by index) differently, and whether hidden files go too. */
export interface Answer {
  all: ConflictPolicy;
  some: { index: number; choice: ConflictChoice }[];
  hidden: boolean;
}

/** What the user named: a path to upload, a key, or everything below a prefix. */
export type PlanItem = { path: string } | { key: string; to?: string; versionId?: string; seen?: Seen | undefined } | { prefix: string; to?: string } | { browserFile: BrowserFile } | { browserFolder: string };

/** What an object was when the user looked at it. */
export interface Seen {
  etag: string;
  /** ISO 8601, to the second. */
  modified: string;
}

export interface BrowserFile {
  relativePath: string;
  size: number;
  /** ms since 1970. */
  lastModified: number;
}

/** One file of a transfer. */
export interface FileRecord {
  state: 'pending' | 'done' | 'failed' | 'skipped';
  key: string;
  /** Bytes. */
  size: number;
  error?: AppErrorData;
  /** Edit: what the object must still be. */
  seen?: Seen | undefined;
  /** Edit: the object is being written anew, or was. */
  began?: boolean;
  /** Edit: grants to give again after that. */
  acl?: KeptAcl;
  /** What was written over an object whose version stays: an undo brings that back. */
  overwrote?: Overwriting;
  /** Undo: the write whose forerunner is brought back. */
  takesBack?: Overwriting;
  /** Move: the delete marker its source got. Undo: the one to remove. */
  marker?: Marker;
  /** Restore: Intelligent-Tiering takes it back for good, without days. */
  untimed?: boolean;
  /** Copy: the key it is made of, and that object's ETag when it was planned. */
  from?: string;
  /** Copy: the version of it, where it is not the current one. */
  fromVersion?: string;
  sourceEtag?: string;
  /** Copy: when it was first tried, ISO 8601; journalled before. */
  copyBegan?: string;
  /** Copy: what was made, and verified. */
  made?: { etag: string; versionId?: string | undefined };
  /** Move: the source is deleted. */
  removed?: boolean;
  /** What was at the target when it was planned. */
  conflict?: There | undefined;
  /** What is done about it; undefined: that waits for an answer. */
  choice?: Exclude<ConflictChoice, 'newer'>;
  /** Its target was found taken only when it was moved: something of it may lie about. */
  met?: boolean;
  /** Upload: a hidden file, or inside a hidden folder. */
  hidden?: boolean;
  /** Upload: a folder with nothing but hidden files, made only where these are left out. */
  bare?: boolean;
  /** Upload: where it is on this machine. */
  path?: string;
  /** Upload: bumped by the file system with every change; the source of a resumed upload must still have it. */
  mtimeMs?: number;
  /** Upload in parts: S3's id of it, journalled before the first part is sent. */
  uploadId?: string;
  /** An upload in parts was asked for then (ISO 8601), and its id, or that of one before it, was not heard. */
  askedFor?: string;
  partSize?: number;
  /** Upload in parts: S3 takes one CRC32 over the whole object (else one per part only). */
  fullObjectChecksum?: boolean;
  /** Browser upload: the index the page knows it by. */
  pageIndex?: number;
  /** Download: relative to the folder, `/`-separated, already safe for its file system. */
  relativePath?: string;
  /** Download: what every range must match. Copy in parts: what the source was. Sync: what a deleted object must still be. */
  etag?: string;
  /** Sync: what is done with it. */
  act?: SyncAct;
  /** It is read only as the plan saw it, and written only over what the plan saw there (`conflict`, `there`; else nothing). */
  guarded?: boolean;
  /** Sync to a folder: the file that was there when it was planned. ms since 1970. */
  there?: { size: number; mtimeMs: number };
  /** Download: the file gets this time, ms since 1970. */
  setMtimeMs?: number;
}

/** A version as a write made it. The version `null` can be replaced by another of that name: there ETag and date tell them apart. */
export interface Overwriting {
  versionId: string;
  etag?: string;
  /** ISO 8601, to the second. */
  modified?: string;
}

export interface Marker {
  bucket: string;
  key: string;
  versionId: string;
}

/** What is at a file's target. */
export interface There {
  /** Bytes. Undefined where it may not be read. */
  size?: number | undefined;
  /** Of an object. */
  etag?: string | undefined;
  /** ISO 8601. */
  modified?: string | undefined;
  /** When the file that would come there was last changed, where nothing else tells; ISO 8601. */
  ours?: string | undefined;
}

/** `deleteFile`: of this machine. */
export type SyncAct = 'upload' | 'download' | 'copy' | 'delete' | 'deleteFile';

/** A part of an upload S3 confirmed, or a range of a download that is on disk. */
export interface PartRecord {
  etag?: string;
  /** Bytes. */
  size: number;
  crc32: number;
  /** Copy between connections: the checksum of its bytes by the algorithm of the source, base64. */
  source?: string | undefined;
  /** Copy in parts: what S3 says of the part, by the names it is asked by again. */
  checksums?: Record<string, string>;
}

export const ENDED: readonly Transfer['state'][] = ['done', 'failed', 'cancelled'];
