import type { Wanted } from './wanted.ts';

/** The rows an export is of, and those they were filtered from. */
export interface ExportedRows {
  viewId: string | undefined;
  rows: number;
  /** Where rows are left out: all of them. */
  all?: { viewId: string | undefined; rows: number };
  wanted: Wanted;
}
