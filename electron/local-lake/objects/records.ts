/** The checksum algorithms of S3, by their names in the API; values are base64, composite ones end in `-<parts>`. */
export type ChecksumAlgorithm = 'CRC32' | 'CRC32C' | 'CRC64NVME' | 'SHA1' | 'SHA256';
export type Checksums = Partial<Record<ChecksumAlgorithm, string>>;

/** What a writer says about an object besides its bytes. */
export interface ObjectMeta {
  contentType?: string;
  cacheControl?: string;
  contentDisposition?: string;
  contentEncoding?: string;
  contentLanguage?: string;
  expires?: string;
  websiteRedirectLocation?: string;
  /** x-amz-meta-*, names in lower case. */
  userMetadata?: Record<string, string>;
  storageClass?: string;
  checksums?: Checksums;
  checksumType?: 'FULL_OBJECT' | 'COMPOSITE';
  tags?: Record<string, string>;
  /** Until when (ms since 1970) this version cannot be removed. */
  retention?: { mode: 'GOVERNANCE' | 'COMPLIANCE'; until: number };
  legalHold?: 'ON' | 'OFF';
  /** Of an object that was uploaded in parts: how many, and by which upload. */
  partsCount?: number;
  uploadId?: string;
}

/** One object as the index knows it. The bytes are in an immutable blob. */
export interface ObjectRecord extends ObjectMeta {
  key: string;
  /** Bytes. */
  size: number;
  /** Without quotes. */
  etag: string;
  /** ms since 1970; S3 shows whole seconds in headers. */
  lastModified: number;
  /** Generated name of the blob: see ObjectStore.open. Empty in a delete marker. */
  blob: string;
  /** None, or `null`: the version a bucket has without versioning. */
  versionId?: string;
  /** Place among the versions of the key: later ones have higher numbers (microseconds since 1970, or a little more). */
  order?: number;
  /** A restore from an archive class that was asked for: when it is done, and until when it holds (ms since 1970). */
  restore?: { readyAt: number; expiresAt: number };
  /** This version says that the object is deleted; it has no bytes. */
  deleteMarker?: true;
}

export type VersioningStatus = 'Enabled' | 'Suspended';

export interface BucketRecord {
  name: string;
  /** ms since 1970. */
  createdAt: number;
  region: string;
  /** None: never switched on. */
  versioning?: VersioningStatus;
  /** By the query parameter that names them (`lifecycle`); what is in them is their operations' business. */
  configurations?: Record<string, unknown>;
}

export interface UploadRecord {
  bucket: string;
  key: string;
  uploadId: string;
  initiated: number;
  meta: ObjectMeta;
  checksumAlgorithm?: ChecksumAlgorithm;
  checksumType?: 'FULL_OBJECT' | 'COMPOSITE';
  /** The algorithm was asked for, not chosen by S3. */
  checksumStated?: boolean;
}

/** A part of a finished multipart object. */
export interface FinishedPart {
  partNumber: number;
  size: number;
  checksums?: Checksums;
  /** The file that holds it, as long as the object is a row of such files. */
  blob?: string;
}

export interface PartRecord {
  partNumber: number;
  size: number;
  etag: string;
  lastModified: number;
  blob: string;
  checksums?: Checksums;
}

/** An error of the store by the code S3 gives it. */
export class ObjectStoreError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'ObjectStoreError';
    this.code = code;
  }
}
