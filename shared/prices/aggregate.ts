import type { ArchiveState, Cell } from '../contract/s3Tiers.ts';
import { ageBucket, DAY_MS, sizeBucket } from './buckets.ts';
import { rulesOf } from './storageClasses.ts';

export interface PricedObject {
  /** Bytes. */
  size: number;
  /** ms since 1970. */
  modified: number;
  storageClass: string;
  archive: ArchiveState;
}

/** Sums objects into cells: a few hundred at most, however many objects. */
export class Cells {
  private readonly cells = new Map<string, Cell>();

  constructor(private readonly now = Date.now()) {}

  add({ size, modified, storageClass, archive }: PricedObject): void {
    const days = Math.max(0, (this.now - modified) / DAY_MS);
    const [age, sizeAt] = [ageBucket(days), sizeBucket(size)];
    const key = `${storageClass} ${age} ${sizeAt} ${archive}`;
    let cell = this.cells.get(key);
    if (!cell) this.cells.set(key, (cell = { storageClass, age, size: sizeAt, archive, objects: 0, bytes: 0, owedByteDays: 0 }));
    const { minimumDays, minimumBytes, overhead } = rulesOf(storageClass);
    cell.objects += 1;
    cell.bytes += size;
    // A listing tells the last change, not when a lifecycle rule moved the object: what is owed is at least this.
    cell.owedByteDays += Math.max(0, minimumDays - days) * (Math.max(size, minimumBytes) + (overhead?.own ?? 0));
  }

  list = (): Cell[] => [...this.cells.values()].map((cell) => ({ ...cell }));
}
