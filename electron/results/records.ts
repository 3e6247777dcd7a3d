import path from 'node:path';
import type { ResultState } from '../../shared/contract/results.ts';
import type { ResultColumn, ViewSpec } from '../../shared/contract/resultViews.ts';

/** A view of a result: how it is made, and its file. */
export interface ViewRecord {
  id: string;
  spec: ViewSpec;
  rows: number;
  /** Of its file; 0 where there is none now. */
  bytes: number;
  /** ms since 1970. */
  lastUsed: number;
  /** Where they are not the result's. */
  columns?: ResultColumn[] | undefined;
}

/** A complete result on disk, as it is found again after a restart. Sizes in bytes. */
export interface ResultRecord {
  runId: string;
  columns: ResultColumn[];
  rows: number;
  source: ResultState['source'];
  /** Of the result as CSV. */
  csvBytes: number;
  /** Of the database file. */
  fileBytes: number;
  views: ViewRecord[];
  /** ms since 1970. */
  lastUsed: number;
  /** The user keeps it. */
  pinned?: boolean | undefined;
}

export const bytesOnDisk = ({ fileBytes, views }: Pick<ResultRecord, 'fileBytes' | 'views'>): number => views.reduce((sum, view) => sum + view.bytes, fileBytes);

export interface EvictionCandidate {
  runId: string;
  bytes: number;
  lastUsed: number;
  /** Its tab is open: it goes only after all that are closed. */
  open: boolean;
  /** It is pinned, or being read, sorted or exported: it stays. */
  busy: boolean;
}

/** Which results go so that the rest fits the budget: closed before open, the one used longest ago first. */
export function chooseEvictions(candidates: EvictionCandidate[], budget: number): string[] {
  let total = candidates.reduce((sum, { bytes }) => sum + bytes, 0);
  const order = candidates.filter(({ busy }) => !busy).sort((a, b) => Number(a.open) - Number(b.open) || a.lastUsed - b.lastUsed);
  const chosen: string[] = [];
  for (const { runId, bytes } of order) {
    if (total <= budget) break;
    chosen.push(runId);
    total -= bytes;
  }
  return chosen;
}

/** Where a result's files are. */
export const resultFiles = (resultsDir: string, runId: string) => {
  const dir = path.join(resultsDir, runId);
  return { dir, rows: path.join(dir, 'rows.duckdb'), view: (viewId: string) => path.join(dir, `view-${viewId}.duckdb`) };
};
