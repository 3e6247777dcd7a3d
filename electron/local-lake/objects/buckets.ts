import type { ClassicLevel } from 'classic-level';
import { after, bucketKey, bucketRange, objectsOf, versionsOf } from './indexKeys.ts';
import { KeyedMutex, SharedLock } from './locks.ts';
import { ObjectStoreError, type BucketRecord } from './records.ts';

const SYNC = { sync: true };

/** The buckets of the lake: few, so they are all in memory, and on disk in the index. */
export class Buckets {
  private readonly db: ClassicLevel<Buffer, Buffer>;
  private readonly known = new Map<string, BucketRecord>();
  private readonly changes = new KeyedMutex();
  private readonly locks = new Map<string, SharedLock>();

  constructor(db: ClassicLevel<Buffer, Buffer>) {
    this.db = db;
  }

  async load(): Promise<void> {
    for await (const [, value] of this.db.iterator(bucketRange)) {
      const bucket = JSON.parse(value.toString()) as BucketRecord;
      this.known.set(bucket.name, bucket);
    }
  }

  /** NoSuchBucket where there is none. */
  get(name: string): BucketRecord {
    const bucket = this.known.get(name);
    if (!bucket) throw new ObjectStoreError('NoSuchBucket', 'The specified bucket does not exist');
    return bucket;
  }

  list(): BucketRecord[] {
    return [...this.known.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async create(name: string, region: string): Promise<void> {
    await this.lockOf(name).exclusive(async () => {
      if (this.known.has(name)) {
        throw new ObjectStoreError('BucketAlreadyOwnedByYou', 'Your previous request to create the named bucket succeeded and you already own it.');
      }
      const bucket = { name, region, createdAt: Date.now() };
      await this.db.batch([{ type: 'put', key: bucketKey(name), value: Buffer.from(JSON.stringify(bucket)) }], SYNC);
      this.known.set(name, bucket);
    });
  }

  /** Changes what is said about a bucket, one change after another. */
  async update(name: string, change: (bucket: BucketRecord) => BucketRecord): Promise<void> {
    await this.use(name, () =>
      this.changes.run(name, async () => {
        const bucket = change(this.get(name));
        await this.db.batch([{ type: 'put', key: bucketKey(name), value: Buffer.from(JSON.stringify(bucket)) }], SYNC);
        this.known.set(name, bucket);
      }),
    );
  }

  /** BucketNotEmpty where it holds an object; `before` clears what does not keep a bucket. */
  async delete(name: string, before: () => Promise<void>): Promise<void> {
    await this.lockOf(name).exclusive(async () => {
      this.get(name);
      for (const [range, message] of [
        [objectsOf(name), 'The bucket you tried to delete is not empty'],
        [versionsOf(name), 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.'],
      ] as const) {
        const found = await this.db.keys({ gte: range, lt: after(range), limit: 1 }).all();
        if (found.length > 0) throw new ObjectStoreError('BucketNotEmpty', message);
      }
      await before();
      await this.db.batch([{ type: 'del', key: bucketKey(name) }], SYNC);
      this.known.delete(name);
    });
  }

  /** Runs work while the bucket cannot be deleted; NoSuchBucket where there is none. */
  use<T>(name: string, work: () => Promise<T>): Promise<T> {
    return this.lockOf(name).share(async () => {
      this.get(name);
      return work();
    });
  }

  private lockOf(name: string): SharedLock {
    let lock = this.locks.get(name);
    if (!lock) this.locks.set(name, (lock = new SharedLock()));
    return lock;
  }
}
