import { rename } from 'node:fs/promises';
import type { Batch } from './keyVersions.ts';
import { blobOfPartList, partListKey, partLists, refKey } from './indexKeys.ts';
import { KeyedMutex } from './locks.ts';
import type { ObjectStore } from './objectStore.ts';
import type { FinishedPart, ObjectRecord } from './records.ts';
import { StoredBytes, type Piece } from './storedBytes.ts';

interface Segment {
  blob: string;
  size: number;
}

/**
 * Objects that were uploaded in parts stay the files of their parts: completing an upload moves no byte. Their own blob
 * is a name only; its part list (`q/`) names the files, which count as named by that list.
 */
export class Segments {
  private readonly store: ObjectStore;
  private readonly joining = new KeyedMutex();

  constructor(store: ObjectStore) {
    this.store = store;
  }

  async open(record: ObjectRecord, { first, last }: { first: number; last: number } = { first: 0, last: record.size - 1 }): Promise<StoredBytes> {
    if (last < first) return StoredBytes.open([]);
    const segments = await this.of(record);
    if (!segments) return StoredBytes.open([{ path: this.store.blobs.path(record.blob), start: first, end: last }]);
    // Only those the range touches: a large object is read by hundreds of ranges.
    const pieces: (Piece & { blob: string })[] = [];
    let at = 0;
    for (const { blob, size } of segments) {
      const [start, end] = [Math.max(first - at, 0), Math.min(last - at, size - 1)];
      if (start <= end) pieces.push({ blob, path: this.store.blobs.path(blob), start, end });
      at += size;
    }
    for (const { blob } of pieces) this.store.blobs.hold(blob);
    let held = true;
    return StoredBytes.open(pieces, () => {
      if (!held) return;
      held = false;
      for (const { blob } of pieces) {
        this.store.blobs.letGo(blob);
        this.store.forget(blob).catch(() => undefined); // swept at the next start
      }
    });
  }

  /** Puts the object together in one file, where it is not yet, and gives the path of that. */
  async file(record: ObjectRecord): Promise<string> {
    const path = this.store.blobs.path(record.blob);
    if (record.partsCount === undefined) return path;
    await this.joining.run(record.blob, async () => {
      const segments = await this.of(record);
      if (!segments) return;
      const whole = await this.store.stage(await this.open(record), { hash: false });
      await rename(this.store.blobs.path(whole.blob), path);
      this.store.blobs.letGo(whole.blob);
      const list = (await this.store.parts(record))!.map(({ blob: _, ...part }) => part);
      await this.store.db.batch([{ type: 'put', key: partListKey(record.blob), value: Buffer.from(JSON.stringify(list)) }, ...unname(record.blob, segments)]);
      for (const { blob } of segments) await this.store.forget(blob);
    });
    return path;
  }

  /** Of a blob that nobody names any more: its list goes, and then the files that only this named. */
  async free(blob: string): Promise<void> {
    const value = await this.store.db.get(partListKey(blob));
    if (!value) return;
    const segments = filesOf(JSON.parse(value.toString()) as FinishedPart[]) ?? [];
    await this.store.db.batch([{ type: 'del', key: partListKey(blob) }, ...unname(blob, segments)]);
    for (const segment of segments) await this.store.forget(segment.blob);
  }

  /** What a crash left of objects that are gone. */
  async sweep(): Promise<void> {
    for await (const key of this.store.db.keys(partLists)) await this.store.forget(blobOfPartList(key));
  }

  private async of(record: ObjectRecord): Promise<Segment[] | undefined> {
    const parts = await this.store.parts(record);
    return parts && filesOf(parts);
  }
}

const filesOf = (parts: FinishedPart[]): Segment[] | undefined =>
  parts.every(({ blob }) => blob !== undefined) ? parts.map(({ blob, size }) => ({ blob: blob!, size })) : undefined;

const unname = (owner: string, segments: Segment[]): Batch => segments.map(({ blob }) => ({ type: 'del', key: refKey(blob, partListKey(owner)) }));
