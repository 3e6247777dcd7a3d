import type { Run } from '../../../shared/contract/runs.ts';

/** The last local midnight, in ms. */
export const midnight = (now: Date): number => new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();

/** Runs, bytes and US dollars; `billed` is the part of the dollars that AWS really charges. */
export function totalsOf(all: Run[]): { runs: number; bytesScanned: number; priceOnAws: number; billed: number } {
  const runs = all.filter(({ adopted }) => !adopted);
  const sum = (of: (run: Run) => number) => runs.reduce((total, run) => total + of(run), 0);
  return {
    runs: runs.length,
    bytesScanned: sum((run) => run.bytesScanned ?? 0),
    priceOnAws: sum((run) => run.priceOnAws ?? 0),
    billed: sum((run) => (run.billed ? (run.priceOnAws ?? 0) : 0)),
  };
}
