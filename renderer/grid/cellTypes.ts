/** Trino's types as Athena reports them, sorted by how a cell of theirs is shown. */
const numericNames = new Set(['tinyint', 'smallint', 'integer', 'int', 'bigint', 'real', 'float', 'double', 'decimal']);
const nestedNames = new Set(['array', 'map', 'row', 'struct', 'json']);

/** `decimal(10,2)` → `decimal`. */
export const typeName = (type: string): string => /^[a-z_]+/i.exec(type.trim())?.[0]?.toLowerCase() ?? '';

export const isNumeric = (type: string): boolean => numericNames.has(typeName(type));
export const isNested = (type: string): boolean => nestedNames.has(typeName(type));
export const isBoolean = (type: string): boolean => typeName(type) === 'boolean';

/** A width in pixels that shows most values of a column without asking for them first. */
export function columnWidth(name: string, type: string, sample: (string | null)[]): number {
  const longest = sample.reduce((width, cell) => Math.max(width, Math.min(cell?.length ?? 4, 42)), 0);
  const shortType = type.length > 18 ? 18 : type.length;
  return Math.round(Math.max(64, Math.min(380, Math.max(name.length * 7.6 + shortType * 6.4 + 58, longest * 7.3 + 26))));
}

/** How a column is filtered: by a range of its values, by a choice of them, or by its text. */
export function filterKind(type: string): 'number' | 'time' | 'boolean' | 'text' {
  if (isNumeric(type)) return 'number';
  if (isBoolean(type)) return 'boolean';
  return /^(date|time|timestamp|interval)\b/i.test(type.trim()) ? 'time' : 'text';
}
