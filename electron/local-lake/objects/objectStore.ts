import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { ClassicLevel } from 'classic-level';
import { AppError } from '../../../shared/errors.ts';
import { createBus, type Bus } from '../bus.ts';
import { Blobs, type Bytes, type Staged } from './blobs.ts';
import { Buckets } from './buckets.ts';
import { after, assertKey, blobOfRef, objectKey, partListKey, refKey, refsOf, refsUnder } from './indexKeys.ts';
import { listObjects, type ListOptions, type ListPage } from './listing.ts';
import { KeyedMutex, Reclaimer } from './locks.ts';
import { ObjectStoreError, type BucketRecord, type FinishedPart, type ObjectMeta, type ObjectRecord } from './records.ts';
import { Uploads } from './uploads.ts';

export type Batch = ({ type: 'put'; key: Buffer; value: Buffer } | { type: 'del'; key: Buffer })[];
export interface PutOptions {
  /** Instead of the MD5 of the bytes (multipart uploads). */
  etag?: string;
  /** Looks at what the key holds at the moment of writing; throws to refuse. */
  check?: (current: ObjectRecord | undefined) => void;
  /** Further changes of the index that happen together with this one, or not at all. */
  together?: Batch;
}

const SYNC = { sync: true };
const encode = (value: unknown) => Buffer.from(JSON.stringify(value));
const NOTHING = Buffer.alloc(0);

/**
 * The bytes and names of the lake: immutable blobs with generated names under `dir/blobs`, an ordered index in
 * `dir/index`. A write is durable when its promise resolves: the blob is synced first, then the index entry; what a
 * crash leaves between the two is swept at the next start. Throws ObjectStoreError with S3's error codes.
 */
export class ObjectStore {
  readonly bus: Bus;
  readonly db: ClassicLevel<Buffer, Buffer>;
  readonly blobs: Blobs;
  private readonly buckets: Buckets;
  private readonly keyLocks = new KeyedMutex();
  private readonly reclaimer = new Reclaimer();
  readonly uploads: Uploads;
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

  /** Runs work while the bucket cannot be deleted; NoSuchBucket where there is none. */
  withBucket<T>(name: string, work: () => Promise<T>): Promise<T> {
    return this.buckets.use(name, work);
  }

  // ---- reading

  async list(bucket: string, options: ListOptions): Promise<ListPage> {
    this.bucket(bucket);
    return listObjects(this.db, bucket, options);
  }

  async head(bucket: string, key: string): Promise<ObjectRecord | undefined> {
    this.bucket(bucket);
    const value = await this.db.get(objectKey(bucket, key));
    return value && { key, ...(JSON.parse(value.toString()) as Omit<ObjectRecord, 'key'>) };
  }

  /** The parts of an object that was uploaded in parts. */
  async parts(record: ObjectRecord): Promise<FinishedPart[] | undefined> {
    const value = record.partsCount === undefined ? undefined : await this.db.get(partListKey(record.blob));
    return value && (JSON.parse(value.toString()) as FinishedPart[]);
  }

  /** The file that holds the object's bytes. Read it only: it may be shared by copies. */
  blobPath(record: { blob: string }): string {
    return this.blobs.path(record.blob);
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
      const record: ObjectRecord = { ...meta, key, size: staged.size, etag: options.etag ?? staged.md5, lastModified: Date.now(), blob: staged.blob };
      await this.write(bucket, key, options, () => record);
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
  async share<T>(source: { bucket: string; key: string }, use: (record: ObjectRecord, take: () => Staged) => Promise<T>): Promise<T | undefined> {
    for (;;) {
      const seen = await this.head(source.bucket, source.key);
      if (!seen) return undefined;
      this.blobs.hold(seen.blob);
      try {
        // Held from here on; if the index still names it, it cannot have been removed before.
        const record = await this.head(source.bucket, source.key);
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

  /** Changes what is said about an object, not its bytes. NoSuchKey where there is none. */
  async update(bucket: string, key: string, change: (record: ObjectRecord) => ObjectRecord): Promise<ObjectRecord> {
    let changed!: ObjectRecord;
    await this.write(bucket, key, {}, (current) => {
      if (!current) throw new ObjectStoreError('NoSuchKey', 'The specified key does not exist.');
      changed = { ...change(current), key, blob: current.blob, size: current.size };
      return changed;
    });
    return changed;
  }

  /** True where there was something. */
  async delete(bucket: string, key: string, options: Pick<PutOptions, 'check'> = {}): Promise<boolean> {
    return (await this.write(bucket, key, options, () => undefined)) !== undefined;
  }

  /** Deletes up to thousands of keys in one synced batch; a key whose check throws stays, and says why. */
  async deleteMany(bucket: string, keys: { key: string; check?: PutOptions['check'] }[]): Promise<{ key: string; error?: unknown }[]> {
    const names = [...new Set(keys.map(({ key }) => `${bucket}\0${key}`))].sort();
    return this.withBucket(bucket, () =>
      this.keyLocks.runAll(names, async () => {
        const gone = new Map<string, ObjectRecord>();
        const results = await Promise.all(
          keys.map(async ({ key, check }) => {
            const current = await this.head(bucket, key);
            try {
              check?.(current);
            } catch (error) {
              return { key, error };
            }
            if (current) gone.set(key, current);
            return { key };
          }),
        );
        const removals = [...gone].map(([key, record]) => ({ indexKey: objectKey(bucket, key), record }));
        await this.db.batch(
          removals.flatMap(({ indexKey, record }) => [
            { type: 'del' as const, key: indexKey },
            { type: 'del' as const, key: refKey(record.blob, indexKey) },
          ]),
          SYNC,
        );
        for (const [key, record] of gone) {
          await this.forget(record.blob);
          this.bus.publish({ type: 's3:ObjectRemoved', bucket, key });
        }
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
      this.db.del(partListKey(blob)).catch(() => undefined);
    });
  }

  async close(): Promise<void> {
    await this.sweeping;
    await this.db.close();
  }

  /** Replaces (or removes) what a key holds in one synced batch; resolves to what it held. */
  private write(bucket: string, key: string, options: PutOptions, make: (current: ObjectRecord | undefined) => ObjectRecord | undefined): Promise<ObjectRecord | undefined> {
    return this.withBucket(bucket, () =>
      this.keyLocks.run(`${bucket}\0${key}`, async () => {
        const current = await this.head(bucket, key);
        options.check?.(current);
        const record = make(current);
        if (!record && !current) return undefined;
        const indexKey = objectKey(bucket, key);
        const batch: Batch = [...(options.together ?? [])];
        if (current && current.blob !== record?.blob) batch.push({ type: 'del', key: refKey(current.blob, indexKey) });
        if (record) {
          const { key: _, ...value } = record;
          batch.push({ type: 'put', key: indexKey, value: encode(value) }, { type: 'put', key: refKey(record.blob, indexKey), value: NOTHING });
        } else batch.push({ type: 'del', key: indexKey });
        await this.db.batch(batch, SYNC);
        if (current && current.blob !== record?.blob) await this.forget(current.blob);
        if (record) this.bus.publish({ type: 's3:ObjectCreated', bucket, key, size: record.size, etag: record.etag });
        else this.bus.publish({ type: 's3:ObjectRemoved', bucket, key });
        return current;
      }),
    );
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
  }
}
