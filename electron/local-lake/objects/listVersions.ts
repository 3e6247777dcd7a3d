import { after, objectKey, objectsOf, readVersionKey, versionKey, versionsOfKey, versionsUnder } from './indexKeys.ts';
import { decodeRecord, KeyVersions, type Db } from './keyVersions.ts';
import type { BucketRecord, ObjectRecord } from './records.ts';
import { NULL_VERSION, orderOfId, orderText, versionIdOf } from './versions.ts';

export interface ListVersionsOptions {
  prefix?: string;
  delimiter?: string;
  /** Only what comes after this key, or after this version of it. */
  keyMarker?: string;
  versionIdMarker?: string;
  /** Versions, delete markers and common prefixes together; at least 1. */
  limit: number;
}
export type VersionEntry = { version: ObjectRecord; isLatest: boolean } | { commonPrefix: string };
export interface VersionsPage {
  entries: VersionEntry[];
  truncated: boolean;
}

const READ = 128;
const FIRST_READ = 16;

/** Rows of one range of the index, some read ahead. */
class Cursor {
  private readonly iterator;
  private rows: [Buffer, Buffer][] = [];
  private at = 0;
  private reading = FIRST_READ;
  private ended = false;

  constructor(db: Db, range: Buffer) {
    this.iterator = db.iterator({ gte: range, lt: after(range) });
  }

  async peek(): Promise<[Buffer, Buffer] | undefined> {
    if (this.at >= this.rows.length && !this.ended) {
      this.rows = await this.iterator.nextv(this.reading);
      this.at = 0;
      this.reading = Math.min(this.reading * 2, READ);
      this.ended = this.rows.length === 0;
    }
    return this.rows[this.at];
  }

  next(): void {
    this.at++;
  }

  seek(target: Buffer): void {
    this.iterator.seek(target);
    Object.assign(this, { rows: [], at: 0, reading: FIRST_READ, ended: false });
  }

  close(): Promise<void> {
    return this.iterator.close();
  }
}

/**
 * One page of all versions of a bucket: keys in UTF-8 byte order, the versions of a key from the newest to the oldest.
 * Current objects and all other versions lie in two ranges of the index, which are merged here.
 */
export async function listVersions(db: Db, bucket: BucketRecord, options: ListVersionsOptions): Promise<VersionsPage> {
  const { prefix = '', delimiter = '', keyMarker = '', versionIdMarker = '', limit } = options;
  const base = objectsOf(bucket.name);
  const current = new Cursor(db, objectKey(bucket.name, prefix));
  const others = new Cursor(db, versionsUnder(bucket.name, prefix));
  const jump = (toObject: Buffer, toVersion: Buffer) => {
    if (Buffer.compare(toObject, objectKey(bucket.name, prefix)) > 0) current.seek(toObject);
    if (Buffer.compare(toVersion, versionsUnder(bucket.name, prefix)) > 0) others.seek(toVersion);
  };
  const skip = (commonPrefix: string) => jump(after(objectKey(bucket.name, commonPrefix)), after(versionsUnder(bucket.name, commonPrefix)));
  const entries: VersionEntry[] = [];
  /** The key whose newest version was already shown (or passed over). */
  let shown: string | undefined;
  const full = () => entries.length === limit;
  try {
    if (keyMarker) {
      const below = delimiter && keyMarker.startsWith(prefix) && keyMarker.length > prefix.length && keyMarker.endsWith(delimiter);
      const pastKey = () => jump(Buffer.concat([objectKey(bucket.name, keyMarker), Buffer.of(0)]), after(versionsOfKey(bucket.name, keyMarker)));
      if (versionIdMarker) {
        const rest = await restOfKey(db, bucket, keyMarker, versionIdMarker, limit);
        if (keyMarker.startsWith(prefix)) entries.push(...rest.slice(0, limit));
        if (rest.length > limit) return { entries, truncated: true };
        pastKey();
      } else if (below) skip(keyMarker);
      else pastKey();
    }
    for (;;) {
      const [object, other] = [await current.peek(), await others.peek()];
      if (!object && !other) return { entries, truncated: false };
      const objectsKey = object && object[0].subarray(base.length);
      const read = other && readVersionKey(other[0], bucket.name);
      const takeObject = objectsKey !== undefined && (read === undefined || Buffer.compare(objectsKey, Buffer.from(read.key)) <= 0);
      const key = takeObject ? objectsKey.toString('utf8') : read!.key;
      if (full()) return { entries, truncated: true };
      const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
      if (end >= 0) {
        const commonPrefix = key.slice(0, end + delimiter.length);
        entries.push({ commonPrefix });
        skip(commonPrefix);
        continue;
      }
      entries.push({ version: decodeRecord(key, (takeObject ? object! : other!)[1]), isLatest: shown !== key });
      shown = key;
      (takeObject ? current : others).next();
    }
  } finally {
    await Promise.all([current.close(), others.close()]);
  }
}

/** Versions of one key (a few more than `limit`) that are older than the one named; all of them where it is not to be found any more. */
async function restOfKey(db: Db, bucket: BucketRecord, key: string, versionId: string, limit: number): Promise<VersionEntry[]> {
  const versions = await KeyVersions.read(db, bucket.name, key, bucket.versioning);
  const top = await versions.current();
  const marker = versionId === NULL_VERSION ? await versions.version(NULL_VERSION) : undefined;
  const order = versionId !== NULL_VERSION ? orderOfId(versionId) : marker ? orderText(marker) : '';
  const topRow: VersionEntry[] = top && orderText(top) > order && versionIdOf(top) !== versionId ? [{ version: top, isLatest: true }] : [];
  const base = versionsOfKey(bucket.name, key);
  // What sorts after the marker's own place: that of an id is 14 digits, and nothing else begins with them.
  const from = order ? versionKey(bucket.name, key, `${order}~`) : base;
  const rows = await db.iterator({ gte: from, lt: after(base), limit: limit + 1 }).all();
  const latest = top ? undefined : await versions.latest();
  return [...topRow, ...rows.map(([, value]) => {
    const version = decodeRecord(key, value);
    return { version, isLatest: latest !== undefined && orderText(version) === orderText(latest) };
  })];
}
