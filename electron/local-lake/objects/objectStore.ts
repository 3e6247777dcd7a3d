import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { ClassicLevel } from 'classic-level';
import { AppError } from '../../../shared/errors.ts';
import { createBus, type Bus } from '../bus.ts';
import { Blobs, type Bytes, type Staged } from './blobs.ts';
import { Buckets } from './buckets.ts';
import { after, assertKey, blobOfRef, objectKey, partListKey, refsOf, refsUnder } from './indexKeys.ts';
import { decodeRecord, KeyVersions, type Batch } from './keyVersions.ts';
import { listVersions, type ListVersionsOptions, type VersionsPage } from './listVersions.ts';
import { listObjects, type ListOptions, type ListPage } from './listing.ts';
import { KeyedMutex, Reclaimer } from './locks.ts';
import type { BucketRecord, FinishedPart, ObjectMeta, ObjectRecord } from './records.ts';
import { Segments } from './segments.ts';
import type { StoredBytes } from './storedBytes.ts';
import { Uploads } from './uploads.ts';

export interface PutOptions {
  /** Instead of the MD5 of the bytes (multipart uploads). */
  etag?: string;
  /** Looks at what the key holds at the moment of writing; throws to refuse. */
  check?: (current: ObjectRecord | undefined) => void;
  /** Further changes of the index that happen together with this one, or not at all. */
  together?: Batch;
}
export interface DeleteOptions {
  /** That version is removed for good; otherwise a delete marker is put above it where the bucket has versioning. */
  versionId?: string;
  /** Looks at what is to be removed (the version named, or what the key holds); throws to refuse. */
  check?: (target: ObjectRecord | undefined) => void;
}
export interface Deleted {
  /** What was removed for good. */
  removed?: ObjectRecord;
  /** The delete marker that was made. */
  marker?: ObjectRecord;
}


/**
 * The bytes and names of the lake: immutable blobs with generated names under `dir/blobs`, an ordered index in
 * `dir/index`. When a write's promise resolves the system has it, first the blob, then the index entry: the end of this
 * process, however it comes, loses nothing; what it leaves between the two is swept at the next start. Throws ObjectStoreError with S3's error codes.
 */
export class ObjectStore {
  readonly bus: Bus;
  readonly db: ClassicLevel<Buffer, Buffer>;
  readonly blobs: Blobs;
  private readonly buckets: Buckets;
  private readonly keyLocks = new KeyedMutex();
  private readonly reclaimer = new Reclaimer();
  readonly uploads: Uploads;
  private readonly segments = new Segments(this);
  private sweeping: Promise<void> = Promise.resolve();

  private constructor(db: ClassicLevel<Buffer, Buffer>, blobs: Blobs, bus: Bus) {
    this.db = db;
    this.blobs = blobs;
    this.bus = bus;
    this.buckets = new Buckets(db);
    this.uploads = new Uploads(this);
  }

  /** Opens (creates) `dir`. AppError Conflict where another process holds it. */
  static async open(dir: string, bus: Bus = createBus()): Promise<ObjectStore> {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const db = new ClassicLevel<Buffer, Buffer>(path.join(dir, 'index'), { keyEncoding: 'buffer', valueEncoding: 'buffer' });
    try {
      await db.open();
    } catch (error) {
      const locked = (error as { cause?: { code?: string } }).cause?.code === 'LEVEL_LOCKED';
      throw locked
        ? new AppError('Conflict', `Another process is serving the lake in ${dir}.`, { detail: 'Use that one, stop it first, or give this one its own --data-dir.', cause: error })
        : new AppError('Internal', `The index of the lake in ${dir} cannot be opened.`, { detail: String((error as Error).cause ?? error), cause: error });
    }
    const store = new ObjectStore(db, await Blobs.open(path.join(dir, 'blobs')), bus);
    await store.buckets.load();
    store.sweeping = store.sweep().catch(() => undefined); // leftovers cost room only; the next start tries again
    return store;
  }

  // ---- buckets

  createBucket(name: string, region: string): Promise<void> {
    return this.buckets.create(name, region);
  }

  /** BucketNotEmpty where it holds an object; unfinished uploads do not keep it. */
  deleteBucket(name: string): Promise<void> {
    return this.buckets.delete(name, () => this.uploads.removeAll(name));
  }

  /** NoSuchBucket where there is none. */
  bucket(name: string): BucketRecord {
    return this.buckets.get(name);
  }

  listBuckets(): BucketRecord[] {
    return this.buckets.list();
  }

  updateBucket(name: string, change: (bucket: BucketRecord) => BucketRecord): Promise<void> {
    return this.buckets.update(name, change);
  }

  /** Runs work while the bucket cannot be deleted; NoSuchBucket where there is none. */
  withBucket<T>(name: string, work: () => Promise<T>): Promise<T> {
    return this.buckets.use(name, work);
  }

  // ---- reading

  async list(bucket: string, options: ListOptions): Promise<ListPage> {
    this.bucket(bucket);
    return listObjects(this.db, bucket, options);
  }

  /** All versions, where the bucket ever had versioning; else each object is its only one. */
  async listVersions(bucket: string, options: ListVersionsOptions): Promise<VersionsPage> {
    return listVersions(this.db, this.bucket(bucket), options);
  }

  /** What the key holds; undefined where it holds nothing or is deleted. */
  async head(bucket: string, key: string): Promise<ObjectRecord | undefined> {
    this.bucket(bucket);
    const value = await this.db.get(objectKey(bucket, key));
    return value && decodeRecord(key, value);
  }

  /** One version (`null`: that of a bucket without versioning), which may be a delete marker. */
  async version(bucket: string, key: string, versionId: string): Promise<ObjectRecord | undefined> {
    const find = async () => (await this.versionsOf(bucket, key)).version(versionId);
    // Twice: between the two looks it takes another may have made it the current version.
    return (await find()) ?? find();
  }

  /** The newest version of a key, though it be a delete marker. */
  async latest(bucket: string, key: string): Promise<ObjectRecord | undefined> {
    return (await this.versionsOf(bucket, key)).latest();
  }

  /** The parts of an object that was uploaded in parts. */
  async parts(record: ObjectRecord): Promise<FinishedPart[] | undefined> {
    const value = record.partsCount === undefined ? undefined : await this.db.get(partListKey(record.blob));
    return value && (JSON.parse(value.toString()) as FinishedPart[]);
  }

  /** The bytes of an object, all of them or `first` to `last` (both included). What it reads stays until it is closed. */
  open(record: ObjectRecord, range?: { first: number; last: number }): Promise<StoredBytes> {
    return this.segments.open(record, range);
  }

  /** The one file that holds the object's bytes, for those who cannot read a row of them. Read it only: it may be shared by copies. */
  file(record: ObjectRecord): Promise<string> {
    return this.segments.file(record);
  }

  /** From now until the returned function is called no blob that exists now is removed: pin, list, read, release. */
  pin(): () => void {
    return this.reclaimer.pin();
  }

  // ---- writing

  /** Writes the bytes without naming them yet: then `commit`, or `discard`. */
  stage(source: Bytes, options: { hash?: boolean } = {}): Promise<Staged> {
    return this.blobs.write(source, options);
  }

  discard(staged: Staged): Promise<void> {
    return this.blobs.discard(staged.blob);
  }

  /** Names staged bytes. The staged blob is used up, also where this throws. */
  async commit(bucket: string, key: string, staged: Staged, meta: ObjectMeta, options: PutOptions = {}): Promise<ObjectRecord> {
    try {
      assertKey(key);
      const named = { ...meta, size: staged.size, etag: options.etag ?? staged.md5, lastModified: Date.now(), blob: staged.blob };
      const record = await this.change(bucket, key, async (versions) => {
        options.check?.(await versions.current());
        return versions.put(named);
      }, options.together);
      this.blobs.letGo(staged.blob);
      return record;
    } catch (error) {
      this.blobs.letGo(staged.blob);
      await this.forget(staged.blob);
      throw error;
    }
  }

  async put(bucket: string, key: string, source: Bytes | Uint8Array, meta: ObjectMeta = {}, options: PutOptions = {}): Promise<ObjectRecord> {
    this.bucket(bucket);
    assertKey(key);
    const staged = await this.stage(source instanceof Uint8Array ? [source] : source);
    return this.commit(bucket, key, staged, meta, options);
  }

  /** Takes over a finished file (it is renamed away), which must be on the file system of the lake. */
  async putFile(bucket: string, key: string, file: string, meta: ObjectMeta = {}): Promise<ObjectRecord> {
    this.bucket(bucket);
    assertKey(key);
    return this.commit(bucket, key, await this.blobs.adopt(file), meta);
  }

  /**
   * Lends the bytes of `source` to `use`, which may name them again (a copy moves no byte): `take` gives what `commit`
   * wants. Undefined where there is no source.
   */
  async share<T>(source: { bucket: string; key: string; versionId?: string }, use: (record: ObjectRecord, take: () => Staged) => Promise<T>): Promise<T | undefined> {
    const find = () => (source.versionId === undefined ? this.head(source.bucket, source.key) : this.version(source.bucket, source.key, source.versionId));
    for (;;) {
      const seen = await find();
      if (!seen) return undefined;
      this.blobs.hold(seen.blob);
      try {
        // Held from here on; if the index still names it, it cannot have been removed before.
        const record = await find();
        if (record?.blob !== seen.blob) continue;
        return await use(record, () => {
          this.blobs.hold(record.blob);
          return { blob: record.blob, size: record.size, md5: record.etag };
        });
      } finally {
        this.blobs.letGo(seen.blob);
        await this.forget(seen.blob);
      }
    }
  }

  /** Changes what is said about a version (the current one), not its bytes. `change` throws where there must be one. */
  update(bucket: string, key: string, versionId: string | undefined, change: (record: ObjectRecord | undefined) => ObjectRecord): Promise<ObjectRecord> {
    return this.change(bucket, key, async (versions) => {
      const before = await (versionId === undefined ? versions.current() : versions.version(versionId));
      const changed = change(before);
      if (before) await versions.replace({ ...changed, key, blob: before.blob, size: before.size, versionId: before.versionId, order: before.order });
      return changed;
    });
  }

  /** What is not there is deleted already. */
  delete(bucket: string, key: string, options: DeleteOptions = {}): Promise<Deleted> {
    return this.change(bucket, key, (versions) => deleteOne(versions, options));
  }

  /** Deletes up to thousands of keys and versions in one batch; one whose check throws stays, and says why. */
  async deleteMany(bucket: string, wanted: ({ key: string } & DeleteOptions)[]): Promise<(Deleted & { error?: unknown })[]> {
    const names = [...new Set(wanted.map(({ key }) => `${bucket}\0${key}`))].sort();
    return this.withBucket(bucket, () =>
      this.keyLocks.runAll(names, async () => {
        const byKey = new Map<string, Promise<KeyVersions>>();
        const results = await Promise.all(
          wanted.map(async ({ key, ...options }) => {
            const before = byKey.get(key) ?? this.versionsOf(bucket, key);
            // Those of the same key one after another, as the request lists them.
            const result = before.then((versions) => deleteOne(versions, options));
            byKey.set(key, result.then(() => before, () => before));
            return result.catch((error: unknown) => ({ error }));
          }),
        );
        await this.apply(await Promise.all(byKey.values()));
        return results;
      }),
    );
  }

  /** Removes a blob once nobody names, holds or reads it. */
  async forget(blob: string): Promise<void> {
    const named = await this.db.keys({ gte: refsOf(blob), lt: after(refsOf(blob)), limit: 1 }).all();
    if (named.length > 0 || this.blobs.isHeld(blob)) return;
    this.reclaimer.later(() => {
      if (this.blobs.isHeld(blob)) return;
      // What fails here is swept at the next start.
      this.blobs.remove(blob).catch(() => undefined);
      this.segments.free(blob).catch(() => undefined);
    });
  }

  async close(): Promise<void> {
    await this.sweeping;
    await this.db.close();
  }

  private async versionsOf(bucket: string, key: string): Promise<KeyVersions> {
    return KeyVersions.read(this.db, bucket, key, this.bucket(bucket).versioning);
  }

  /** Changes the versions of one key in one batch. */
  private change<T>(bucket: string, key: string, work: (versions: KeyVersions) => Promise<T>, together?: Batch): Promise<T> {
    return this.withBucket(bucket, () =>
      this.keyLocks.run(`${bucket}\0${key}`, async () => {
        const versions = await this.versionsOf(bucket, key);
        const result = await work(versions);
        await this.apply([versions], together);
        return result;
      }),
    );
  }

  private async apply(changed: KeyVersions[], together: Batch = []): Promise<void> {
    const batch = [...together];
    for (const versions of changed) batch.push(...(await versions.finish()));
    if (batch.length > 0) await this.db.batch(batch);
    for (const { freed, events } of changed) {
      for (const blob of freed) await this.forget(blob);
      for (const event of events) this.bus.publish(event);
    }
  }

  private async sweep(): Promise<void> {
    const snapshot = this.db.snapshot();
    try {
      await this.blobs.sweep(async (fanOut) => {
        const under = refsUnder(fanOut);
        return new Set((await this.db.keys({ gte: under, lt: after(under), snapshot }).all()).map(blobOfRef));
      });
    } finally {
      await snapshot.close();
    }
    await this.segments.sweep();
  }
}

async function deleteOne(versions: KeyVersions, { versionId, check }: DeleteOptions): Promise<Deleted> {
  const target = await (versionId === undefined ? versions.current() : versions.version(versionId));
  check?.(target);
  if (versionId === undefined) {
    const marker = await versions.delete(Date.now());
    return { removed: marker ? undefined : target, marker };
  }
  if (target) await versions.remove(target);
  return { removed: target };
}
