import { createHash, randomBytes } from 'node:crypto';
import type { Staged } from './blobs.ts';
import { after, assertKey, partKey, partListKey, partsOf, refKey, uploadKey, uploadsOf } from './indexKeys.ts';
import { KeyedMutex } from './locks.ts';
import type { Batch } from './keyVersions.ts';
import type { ObjectStore, PutOptions } from './objectStore.ts';
import { ObjectStoreError, type FinishedPart, type ObjectMeta, type ObjectRecord, type PartRecord, type UploadRecord } from './records.ts';

const encode = (value: unknown) => Buffer.from(JSON.stringify(value));
const decode = <T>(value: Buffer) => JSON.parse(value.toString()) as T;
const noSuchUpload = () =>
  new ObjectStoreError('NoSuchUpload', 'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.');

/** Multipart uploads: parts are blobs of their own until the upload is completed. */
export class Uploads {
  private readonly store: ObjectStore;
  private readonly locks = new KeyedMutex();

  constructor(store: ObjectStore) {
    this.store = store;
  }

  async create(bucket: string, key: string, meta: ObjectMeta, checksum: Pick<UploadRecord, 'checksumAlgorithm' | 'checksumType' | 'checksumStated'>): Promise<UploadRecord> {
    assertKey(key);
    const upload: UploadRecord = { bucket, key, uploadId: randomBytes(24).toString('base64url'), initiated: Date.now(), meta, ...checksum };
    await this.store.withBucket(bucket, () => this.store.db.batch([{ type: 'put', key: uploadKey(bucket, key, upload.uploadId), value: encode(upload) }]));
    return upload;
  }

  /** NoSuchUpload where there is none. */
  async get(bucket: string, key: string, uploadId: string): Promise<UploadRecord> {
    this.store.bucket(bucket);
    const value = await this.store.db.get(uploadKey(bucket, key, uploadId));
    if (!value) throw noSuchUpload();
    return decode<UploadRecord>(value);
  }

  /** Uploads in order of key, then of upload id, after a marker. */
  async list(bucket: string, options: { prefix: string; afterKey?: string; afterUpload?: string; limit: number }): Promise<UploadRecord[]> {
    this.store.bucket(bucket);
    const lower = Buffer.concat([uploadsOf(bucket), Buffer.from(options.prefix)]);
    const iterator = this.store.db.values({ gte: lower, lt: after(lower), limit: options.limit });
    if (options.afterKey) {
      const marker = uploadKey(bucket, options.afterKey, options.afterUpload ?? '');
      // Without an upload id every upload of the marker's key is passed over.
      const target = options.afterUpload ? Buffer.concat([marker, Buffer.of(0)]) : after(marker);
      if (Buffer.compare(target, lower) > 0) iterator.seek(target);
    }
    return (await iterator.all()).map((value) => decode<UploadRecord>(value));
  }

  /** Names staged bytes as a part, in place of an earlier one of that number. */
  async putPart(upload: UploadRecord, partNumber: number, staged: Staged, checksums: PartRecord['checksums']): Promise<PartRecord> {
    const { bucket, key, uploadId } = upload;
    try {
      return await this.hold(bucket, uploadId, async () => {
        await this.get(bucket, key, uploadId);
        const indexKey = partKey(uploadId, partNumber);
        const before = await this.store.db.get(indexKey);
        const part: PartRecord = { partNumber, size: staged.size, etag: staged.md5, lastModified: Date.now(), blob: staged.blob, checksums };
        const old = before && decode<PartRecord>(before).blob;
        const batch: Batch = old ? [{ type: 'del', key: refKey(old, indexKey) }] : [];
        batch.push({ type: 'put', key: indexKey, value: encode(part) }, { type: 'put', key: refKey(staged.blob, indexKey), value: Buffer.alloc(0) });
        await this.store.db.batch(batch);
        this.store.blobs.letGo(staged.blob);
        if (old) await this.store.forget(old);
        return part;
      });
    } catch (error) {
      this.store.blobs.letGo(staged.blob);
      await this.store.forget(staged.blob);
      throw error;
    }
  }

  async parts(uploadId: string, options: { after?: number; limit?: number } = {}): Promise<PartRecord[]> {
    const values = this.store.db.values({ gt: partKey(uploadId, options.after ?? 0), lt: after(partsOf(uploadId)), limit: options.limit ?? -1 });
    return (await values.all()).map((value) => decode<PartRecord>(value));
  }

  /** NoSuchUpload where there is none. */
  abort(bucket: string, key: string, uploadId: string): Promise<void> {
    return this.hold(bucket, uploadId, () => this.remove(bucket, key, uploadId));
  }

  /** Of a bucket that nobody else can use now. */
  async removeAll(bucket: string): Promise<void> {
    for (const { key, uploadId } of await this.list(bucket, { prefix: '', limit: -1 })) await this.remove(bucket, key, uploadId);
  }

  /** One at a time works on an upload, while its bucket stays. The bucket's lock always comes first. */
  private hold<T>(bucket: string, uploadId: string, work: () => Promise<T>): Promise<T> {
    return this.store.withBucket(bucket, () => this.locks.run(uploadId, work));
  }

  private async remove(bucket: string, key: string, uploadId: string): Promise<void> {
    await this.get(bucket, key, uploadId);
    const parts = await this.parts(uploadId);
    await this.store.db.batch(this.removal(bucket, key, uploadId, parts));
    for (const { blob } of parts) await this.store.forget(blob);
  }

  /** Names `chosen` parts, laid end to end, as the object (no byte is moved); the upload and its other parts are gone with that. */
  async complete(upload: UploadRecord, chosen: PartRecord[], meta: ObjectMeta, check: PutOptions['check']): Promise<ObjectRecord> {
    const { bucket, key, uploadId } = upload;
    return this.hold(bucket, uploadId, async () => {
      await this.get(bucket, key, uploadId);
      const all = await this.parts(uploadId);
      if (chosen.some((part) => !all.some((p) => p.blob === part.blob))) throw new ObjectStoreError('InvalidPart', 'A part was replaced while the upload was being completed.');
      const staged = this.join(chosen);
      const etags = createHash('md5');
      for (const { etag } of chosen) etags.update(etag, 'hex');
      const several = chosen.length > 1;
      const list: FinishedPart[] = chosen.map(({ partNumber, size, checksums, blob }) => ({ partNumber, size, checksums, ...(several ? { blob } : {}) }));
      const listKey = partListKey(staged.blob);
      const names = several ? chosen.map(({ blob }) => ({ type: 'put' as const, key: refKey(blob, listKey), value: Buffer.alloc(0) })) : [];
      const record = await this.store.commit(bucket, key, staged, { ...meta, partsCount: chosen.length, uploadId }, {
        etag: `${etags.digest('hex')}-${chosen.length}`,
        check,
        together: [...this.removal(bucket, key, uploadId, all), ...names, { type: 'put', key: listKey, value: encode(list) }],
      });
      for (const { blob } of all) await this.store.forget(blob);
      return record;
    });
  }

  /** One part is already the whole; several stay the files they are, under a name of their own. */
  private join(parts: PartRecord[]): Staged {
    const [first, ...others] = parts;
    if (first && others.length === 0) {
      this.store.blobs.hold(first.blob);
      return { blob: first.blob, size: first.size, md5: first.etag };
    }
    return { blob: this.store.blobs.reserve(), size: parts.reduce((sum, { size }) => sum + size, 0), md5: '' };
  }

  private removal(bucket: string, key: string, uploadId: string, parts: PartRecord[]): Batch {
    return [
      { type: 'del', key: uploadKey(bucket, key, uploadId) },
      ...parts.flatMap(({ partNumber, blob }) => {
        const indexKey = partKey(uploadId, partNumber);
        return [{ type: 'del' as const, key: indexKey }, { type: 'del' as const, key: refKey(blob, indexKey) }];
      }),
    ];
  }
}
