import type { ClassicLevel } from 'classic-level';
import type { LakeEvent } from '../bus.ts';
import { after, objectKey, refKey, versionKey, versionsOfKey } from './indexKeys.ts';
import type { ObjectRecord, VersioningStatus } from './records.ts';
import { isNullOrder, newVersionId, nextOrder, NULL_VERSION, orderOfId, orderText, versionIdOf } from './versions.ts';

export type Batch = ({ type: 'put'; key: Buffer; value: Buffer } | { type: 'del'; key: Buffer })[];
export type Db = ClassicLevel<Buffer, Buffer>;
type NewVersion = Omit<ObjectRecord, 'key' | 'versionId' | 'order'>;

const NOTHING = Buffer.alloc(0);
const MARKER = { size: 0, etag: '', blob: '', deleteMarker: true } as const;

/** A record as it is read from, and written to, the index: its key is in the index key. */
export const decodeRecord = (key: string, value: Buffer): ObjectRecord => ({ key, ...(JSON.parse(value.toString()) as Omit<ObjectRecord, 'key'>) });
const encodeRecord = ({ key: _, ...value }: ObjectRecord) => Buffer.from(JSON.stringify(value));

/**
 * The versions of one key while they are being changed; whoever has one holds the key's lock. Nothing is written before
 * the batch of `finish` is. The current version is kept under `o/` where it is an object, all others under `v/`.
 */
export class KeyVersions {
  /** Blobs that this change names no more. */
  readonly freed = new Set<string>();
  readonly events: LakeEvent[] = [];
  private readonly db: Db;
  private readonly bucket: string;
  private readonly key: string;
  private readonly versioning: VersioningStatus | undefined;
  private readonly batch: Batch = [];
  /** What `v/` will hold besides what it holds; null: no more. */
  private readonly changed = new Map<string, ObjectRecord | null>();
  private top: ObjectRecord | undefined;
  /** The current version was removed, and what takes its place is not looked up yet. */
  private unsettled = false;

  private constructor(db: Db, bucket: string, key: string, versioning: VersioningStatus | undefined, top: ObjectRecord | undefined) {
    this.db = db;
    this.bucket = bucket;
    this.key = key;
    this.versioning = versioning;
    this.top = top;
  }

  static async read(db: Db, bucket: string, key: string, versioning: VersioningStatus | undefined): Promise<KeyVersions> {
    const value = await db.get(objectKey(bucket, key));
    return new KeyVersions(db, bucket, key, versioning, value && decodeRecord(key, value));
  }

  /** What the key holds; undefined where it holds nothing or is deleted. */
  async current(): Promise<ObjectRecord | undefined> {
    await this.settle();
    return this.top;
  }

  /** The newest version, though it be a delete marker. */
  async latest(): Promise<ObjectRecord | undefined> {
    return (await this.current()) ?? (this.versioning && this.newest());
  }

  async version(versionId: string): Promise<ObjectRecord | undefined> {
    await this.settle();
    if (this.top && versionIdOf(this.top) === versionId) return this.top;
    if (this.versioning === undefined) return undefined;
    const order = versionId === NULL_VERSION ? await this.orderOfNull() : orderOfId(versionId);
    const found = order === undefined ? undefined : await this.at(order);
    return found && versionIdOf(found) === versionId ? found : undefined;
  }

  /** A new current version. */
  async put(record: NewVersion): Promise<ObjectRecord> {
    const made = await this.makeRoom(record);
    this.setTop(made);
    this.events.push({ type: 's3:ObjectCreated', bucket: this.bucket, key: this.key, size: made.size, etag: made.etag });
    return made;
  }

  /** Without versioning the object goes; with it a delete marker becomes the current version, and is given back. */
  async delete(now: number): Promise<ObjectRecord | undefined> {
    await this.settle();
    const had = this.top !== undefined;
    let marker: ObjectRecord | undefined;
    if (this.versioning === undefined) this.removeTop();
    else {
      marker = await this.makeRoom({ ...MARKER, lastModified: now });
      this.setVersion(marker);
    }
    if (had) this.events.push({ type: 's3:ObjectRemoved', bucket: this.bucket, key: this.key });
    return marker;
  }

  /** Removes one version for good; the newest of the others is then the current one. */
  async remove(version: ObjectRecord): Promise<void> {
    await this.settle();
    if (this.top && versionIdOf(this.top) === versionIdOf(version)) {
      this.removeTop();
      this.unsettled = this.versioning !== undefined;
      this.events.push({ type: 's3:ObjectRemoved', bucket: this.bucket, key: this.key });
      return;
    }
    this.removeVersion(version);
    if (!this.top && version.deleteMarker) this.unsettled = true;
  }

  /** Says something else about a version; its bytes and its place stay. */
  async replace(version: ObjectRecord): Promise<void> {
    await this.settle();
    if (this.top && versionIdOf(this.top) === versionIdOf(version)) {
      this.top = version;
      this.batch.push({ type: 'put', key: objectKey(this.bucket, this.key), value: encodeRecord(version) });
    } else this.setVersion(version);
  }

  /** What has to be written, all of it or nothing. */
  async finish(): Promise<Batch> {
    await this.settle();
    return this.batch;
  }

  // ---- within

  /** Makes the new version's record, after moving aside (or replacing) what was there before. */
  private async makeRoom(record: NewVersion): Promise<ObjectRecord> {
    await this.settle();
    const { versioning } = this;
    if (versioning === undefined) {
      this.removeTop();
      return { ...record, key: this.key };
    }
    const order = nextOrder(record.lastModified, this.top ?? (await this.newest()));
    if (versioning === 'Suspended') {
      const before = await this.version(NULL_VERSION);
      if (before && before === this.top) this.removeTop();
      else if (before) this.removeVersion(before);
    }
    if (this.top) {
      const old = this.top;
      this.setVersion({ ...old, order: old.order ?? old.lastModified * 1000 }, objectKey(this.bucket, this.key));
      this.batch.push({ type: 'del', key: objectKey(this.bucket, this.key) });
      this.top = undefined;
    }
    return { ...record, key: this.key, versionId: versioning === 'Enabled' ? newVersionId(order) : NULL_VERSION, order };
  }

  private setTop(record: ObjectRecord): void {
    const indexKey = objectKey(this.bucket, this.key);
    this.batch.push({ type: 'put', key: indexKey, value: encodeRecord(record) }, { type: 'put', key: refKey(record.blob, indexKey), value: NOTHING });
    this.freed.delete(record.blob);
    this.top = record;
  }

  private removeTop(): void {
    if (!this.top) return;
    const indexKey = objectKey(this.bucket, this.key);
    this.batch.push({ type: 'del', key: indexKey });
    this.unname(this.top.blob, indexKey);
    this.top = undefined;
  }

  /** `from`: the index key under which its blob was named until now. */
  private setVersion(record: ObjectRecord, from?: Buffer): void {
    const order = orderText(record);
    const indexKey = versionKey(this.bucket, this.key, order);
    this.changed.set(order, record);
    this.batch.push({ type: 'put', key: indexKey, value: encodeRecord(record) });
    if (from) this.batch.push({ type: 'del', key: refKey(record.blob, from) }, { type: 'put', key: refKey(record.blob, indexKey), value: NOTHING });
  }

  private removeVersion(record: ObjectRecord): void {
    const order = orderText(record);
    const indexKey = versionKey(this.bucket, this.key, order);
    this.changed.set(order, null);
    this.batch.push({ type: 'del', key: indexKey });
    if (record.blob) this.unname(record.blob, indexKey);
  }

  private unname(blob: string, indexKey: Buffer): void {
    this.batch.push({ type: 'del', key: refKey(blob, indexKey) });
    this.freed.add(blob);
  }

  /** Where the current version is gone, the newest of the others takes its place. */
  private async settle(): Promise<void> {
    if (!this.unsettled) return;
    this.unsettled = false;
    const newest = await this.newest();
    if (!newest || newest.deleteMarker) return;
    this.removeVersion(newest);
    this.setTop(newest);
    this.events.push({ type: 's3:ObjectCreated', bucket: this.bucket, key: this.key, size: newest.size, etag: newest.etag });
  }

  private async at(order: string): Promise<ObjectRecord | undefined> {
    const changed = this.changed.get(order);
    if (changed !== undefined) return changed ?? undefined;
    const value = await this.db.get(versionKey(this.bucket, this.key, order));
    return value && decodeRecord(this.key, value);
  }

  /** The newest under `v/`. */
  private newest(): Promise<ObjectRecord | undefined> {
    return this.first(() => true);
  }

  private async orderOfNull(): Promise<string | undefined> {
    const found = await this.first(isNullOrder);
    return found && orderText(found);
  }

  private async first(wanted: (order: string) => boolean): Promise<ObjectRecord | undefined> {
    const base = versionsOfKey(this.bucket, this.key);
    const [mine] = [...this.changed].filter(([order, record]) => record && wanted(order)).sort(([a], [b]) => (a < b ? -1 : 1));
    for await (const indexKey of this.db.keys({ gte: base, lt: after(base), highWaterMarkBytes: 4096 })) {
      const order = indexKey.toString('latin1', base.length);
      if (mine && mine[0] < order) break;
      if (!this.changed.has(order) && wanted(order)) return this.at(order);
    }
    return mine?.[1] ?? undefined;
  }
}
