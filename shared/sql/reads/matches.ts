import type { Constant, PartitionFilter } from './partitionFilter.ts';

/** How Hive writes NULL into a partition's path. */
const HIVE_NULL = '__HIVE_DEFAULT_PARTITION__';

/** Negative, 0, positive; undefined where a value does not read as what it is compared as. Texts go by code point, as in UTF-8. */
function compare(value: string, to: Constant): number | undefined {
  if (to.type === 'integer') {
    if (!/^[+-]?\d+$/.test(value)) return undefined;
    const [a, b] = [BigInt(value), BigInt(to.value)];
    return a < b ? -1 : a > b ? 1 : 0;
  }
  if (to.type === 'date' && !/^\d{4}-\d\d-\d\d$/.test(value)) return undefined;
  const [a, b] = [[...value], [...to.value]];
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return a[i]!.codePointAt(0)! - b[i]!.codePointAt(0)!;
  return a.length - b.length;
}

/** Whether a partition may hold wanted rows; true wherever that is not certain. `values` by key in lower case. */
export function matches(filter: PartitionFilter, values: ReadonlyMap<string, string>): boolean {
  if (filter.kind === 'and') return filter.of.every((one) => matches(one, values));
  if (filter.kind === 'or') return filter.of.some((one) => matches(one, values));
  const value = values.get(filter.key.toLowerCase());
  if (value === undefined || value === HIVE_NULL) return true;
  if (filter.kind === 'like') return like(value, filter.pattern);
  if (filter.kind === 'in') return filter.values.some((one) => (compare(value, one) ?? 0) === 0);
  const order = compare(value, filter.value);
  if (order === undefined) return true;
  switch (filter.operator) {
    case '=':
      return order === 0;
    case '<>':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

/** A pattern whose only wildcard is `%`. */
function like(value: string, pattern: string): boolean {
  const parts = pattern.split('%');
  if (parts.length === 1) return value === pattern;
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (value.length < first.length + last.length || !value.startsWith(first) || !value.endsWith(last)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = value.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= value.length - last.length;
}

/** The values a filter leaves one key, where it names them all: by `=` or IN that must hold. */
export function valuesNamed(filter: PartitionFilter | undefined, key: string): string[] | undefined {
  if (!filter) return undefined;
  if (filter.kind === 'and') return filter.of.map((one) => valuesNamed(one, key)).find((values) => values !== undefined);
  if (filter.kind === 'or') {
    const each = filter.of.map((one) => valuesNamed(one, key));
    return each.every((values) => values !== undefined) ? each.flat() : undefined;
  }
  if (filter.key.toLowerCase() !== key.toLowerCase()) return undefined;
  if (filter.kind === 'in') return filter.values.map(({ value }) => value);
  return filter.kind === 'compare' && filter.operator === '=' ? [filter.value.value] : undefined;
}

/** Whether a filter says anything of a key. */
export const speaksOf = (filter: PartitionFilter, key: string): boolean =>
  filter.kind === 'and' || filter.kind === 'or' ? filter.of.some((one) => speaksOf(one, key)) : filter.key.toLowerCase() === key.toLowerCase();
