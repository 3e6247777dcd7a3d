import type { Run } from '../../../shared/contract/runs.ts';

export type EngineName = Run['engine'];

/** Where a SQL tab's statements can run, in the order they are offered. */
export const engineNames: readonly EngineName[] = ['athena', 'duckdb', 'redshift'];

export const isEngine = (value: unknown): value is EngineName => engineNames.includes(value as EngineName);
