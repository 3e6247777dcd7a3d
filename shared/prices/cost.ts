import type { Cell, RegionPrices } from '../contract/s3Tiers.ts';
import { sizeBucket } from './buckets.ts';
import { lifecycleMay, rulesOf } from './storageClasses.ts';
import { Sum } from './sum.ts';

/** S3 bills binary gigabytes. */
export const GB = 1024 ** 3;
/** The month minimum durations are prorated by, days. */
export const MONTH = 30;
/** The size bucket of objects that one copy request cannot copy (over 5 GiB), and the part size we copy them in. */
const MULTIPART = sizeBucket(5 * GB);
export const COPY_PART = 512 * 1024 * 1024;

export interface Estimate {
  /** What would move. */
  objects: number;
  bytes: number;
  /** In the class already. */
  already: number;
  /** Have to be restored first. */
  blocked: { objects: number; bytes: number };
  /** Lifecycle rules leave them: too small, or no way from their class. */
  left: number;
  /** US dollars, once; null: a price is not known. */
  requests: number | null;
  retrieval: number | null;
  /** What is still owed for objects younger than their class's minimum duration. */
  early: number | null;
  once: number | null;
  /** US dollars a month for what moves. */
  before: number | null;
  after: number | null;
  saving: number | null;
  /** Days; null where it never does, or a price is not known. */
  paysBack: number | null;
  /** Objects below the minimum billable size that would cost more than now, and how much more a month. */
  dearer: { objects: number; more: number | null };
  /** Prices that are not known, by name: "GLACIER transition". */
  unknown: string[];
}

interface Options {
  to: string;
  /** `copy`: each object onto itself, now. `lifecycle`: a rule of the bucket. */
  way: 'copy' | 'lifecycle';
  /** In a versioned bucket a copy keeps the old version, which goes on costing. */
  keepsOld?: boolean;
}

/** Adds what `objects` of one class and size bucket cost a month. */
export function addMonthly(sum: Sum, prices: RegionPrices, storageClass: string, { objects, bytes, size }: Pick<Cell, 'objects' | 'bytes' | 'size'>): void {
  const { minimumBytes, overhead } = rulesOf(storageClass);
  const own = prices.classes[storageClass];
  // All of a bucket are below the minimum or none: 128 KiB is an edge of both.
  const billed = (size === 0 ? Math.max(bytes, objects * minimumBytes) : bytes) + objects * (overhead?.own ?? 0);
  sum.add(own?.storage, billed / GB, `${storageClass} storage`);
  if (overhead) sum.add(prices.classes.STANDARD?.storage, (objects * overhead.standard) / GB, 'STANDARD storage');
  // Smaller objects are neither monitored nor charged for it.
  if (storageClass === 'INTELLIGENT_TIERING' && size > 0) sum.add(prices.monitoring, objects / 1000, 'monitoring');
}

/** What the cells cost a month as they are. */
export function monthly(cells: readonly Cell[], prices: RegionPrices): Sum {
  const sum = new Sum();
  for (const cell of cells) addMonthly(sum, prices, cell.storageClass, cell);
  return sum;
}

/** What moving objects to another class costs now and saves a month. Exact in what a listing tells: it sums, it does not sample. */
export function estimate(cells: readonly Cell[], prices: RegionPrices, { to, way, keepsOld = false }: Options): Estimate {
  const counts = { objects: 0, bytes: 0, already: 0, left: 0, blocked: { objects: 0, bytes: 0 }, dearer: 0 };
  const [requests, retrieval, early, before, after, more] = Array.from({ length: 6 }, () => new Sum()) as [Sum, Sum, Sum, Sum, Sum, Sum];
  for (const cell of cells) {
    const { storageClass, objects, bytes, size } = cell;
    if (storageClass === to) {
      counts.already += objects;
      continue;
    }
    // S3 leaves objects below 128 KiB where they are unless a rule says otherwise.
    if (way === 'lifecycle' && (size === 0 || !lifecycleMay(storageClass, to))) {
      counts.left += objects;
      continue;
    }
    if (way === 'copy' && (cell.archive === 'archived' || cell.archive === 'restoring')) {
      counts.blocked.objects += objects;
      counts.blocked.bytes += bytes;
      continue;
    }
    counts.objects += objects;
    counts.bytes += bytes;
    const source = prices.classes[storageClass];
    const target = prices.classes[to];
    if (way === 'lifecycle') requests.add(target?.transition, objects / 1000, `${to} transition`);
    else {
      // One more request per part, and two around them; the HEAD before each copy.
      const copies = size === MULTIPART ? bytes / COPY_PART + 2 * objects : objects;
      requests.add(target?.put, copies / 1000, `${to} put`);
      requests.add(source?.get, objects / 1000, `${storageClass} get`);
      // A restored copy is read from Standard: the restore has been paid for.
      if (!rulesOf(storageClass).archived) retrieval.add(source?.retrieval, bytes / GB, `${storageClass} retrieval`);
    }
    if (!keepsOld || way === 'lifecycle') early.add(source?.storage, cell.owedByteDays / MONTH / GB, `${storageClass} storage`);
    const was = monthly([cell], prices);
    const becomes = new Sum();
    addMonthly(becomes, prices, to, cell);
    if (keepsOld && way === 'copy') becomes.join(was);
    before.join(was);
    after.join(becomes);
    if (size === 0 && was.value !== null && becomes.value !== null && becomes.value > was.value) {
      counts.dearer += objects;
      more.add(1, becomes.value - was.value, '');
    }
  }
  const once = new Sum();
  for (const part of [requests, retrieval, early]) once.join(part);
  const saving = before.value === null || after.value === null ? null : before.value - after.value;
  return {
    ...counts,
    requests: requests.value,
    retrieval: retrieval.value,
    early: early.value,
    once: once.value,
    before: before.value,
    after: after.value,
    saving,
    paysBack: saving !== null && once.value !== null && saving > 0 ? Math.ceil((once.value / saving) * MONTH) : null,
    dearer: { objects: counts.dearer, more: more.value },
    unknown: [...new Set([...once.missing, ...before.missing, ...after.missing])].sort(),
  };
}
