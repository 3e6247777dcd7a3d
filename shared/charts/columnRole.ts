/** What a column of Trino's type can be in a chart. */
export type ColumnRole = 'number' | 'time' | 'text';

const NUMBERS = /^(tinyint|smallint|int|integer|bigint|real|float|double|decimal(\(\d+,\s*\d+\))?)$/;
const TIMES = /^(date|timestamp(\(\d+\))?( with(out)? time zone)?)$/;

export function columnRole(trinoType: string): ColumnRole {
  const type = trinoType.trim().toLowerCase();
  if (NUMBERS.test(type)) return 'number';
  return TIMES.test(type) ? 'time' : 'text';
}

/** Whole numbers: a bin of theirs is never narrower than one. */
export const isWhole = (trinoType: string): boolean => /^(tinyint|smallint|int|integer|bigint)$/i.test(trinoType.trim());
export const hasZone = (trinoType: string): boolean => /with time zone$/i.test(trinoType.trim());
