const KIB = 1024;
const MIB = 1024 * KIB;
const GIB = 1024 * MIB;

/** Age buckets begin at so many days since the last change; the last one is open. */
export const AGE_EDGES = [0, 30, 60, 90, 180, 365, 730] as const;
/** Size buckets begin at so many bytes. 128 KiB is where minimum billable sizes end, 5 GiB where one copy request does. */
export const SIZE_EDGES = [0, 128 * KIB, MIB, 16 * MIB, 128 * MIB, GIB, 5 * GIB] as const;

const bucketOf = (edges: readonly number[], value: number): number => {
  let at = 0;
  while (at + 1 < edges.length && value >= edges[at + 1]!) at += 1;
  return at;
};

export const ageBucket = (days: number): number => bucketOf(AGE_EDGES, days);
export const sizeBucket = (bytes: number): number => bucketOf(SIZE_EDGES, bytes);

export const DAY_MS = 86_400_000;
