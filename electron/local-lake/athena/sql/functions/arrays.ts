import { bind } from '../bind.ts';
import { convert } from '../casts.ts';
import { checkComparable } from '../comparisons.ts';
import { fail } from '../fail.ts';
import { duckType, VARCHAR } from '../types.ts';
import type { TrinoType } from '../../../../../shared/sql/hiveTypes.ts';
import type { Bound, Implementation } from './call.ts';
import { timeSequence } from './times.ts';

const error = (message: string, depends: string): string => fail('INVALID_FUNCTION_ARGUMENT', message, depends);
const none = (...values: string[]): string => values.map((value) => `${value} IS NULL`).join(' OR ');

/** The elements of a list without those that stood before; NULL counts as a value of its own. */
function distinct(list: string): string {
  return bind([list], ([l]) => `list_filter(${l}, lambda x, i: CASE WHEN x IS NULL THEN list_count(list_slice(${l}, 1, i)) = i - 1 ELSE list_position(${l}, x) = i END)`);
}

const isIn = (list: string): string => `CASE WHEN x IS NULL THEN list_count(${list}) < len(${list}) ELSE list_contains(${list}, x) END`;

/** Elements are told apart by DuckDB's equality, which is not Trino's for nested values. */
function checked(implementation: Implementation): Implementation {
  return (args, bound) => {
    for (const type of bound.types) if (type.kind === 'array') checkComparable(type.element, bound.call);
    return implementation(args, bound);
  };
}

/** True when one is, NULL when none is but one is NULL; `all`: the other way round. */
const match = (found: 'true' | 'false', answer: [string, string]): Implementation => ([list, lambda]) =>
  bind([`list_transform(${list}, ${lambda})`], ([l]) => `CASE WHEN ${l} IS NULL THEN NULL WHEN list_contains(${l}, ${found}) THEN ${answer[0]} WHEN list_count(${l}) < len(${l}) THEN NULL ELSE ${answer[1]} END`);

const extreme = (duck: string): Implementation => ([list]) => bind([list!], ([l]) => `CASE WHEN list_count(${l}) < len(${l}) THEN NULL ELSE ${duck}(${l}) END`);

const sequence: Implementation = (args, bound) => {
  if (bound.types[0]!.kind !== 'bigint') return timeSequence(args, bound);
  const [start, stop, step] = args;
  return bind([start!, stop!, step ?? 'CAST(NULL AS BIGINT)'], ([a, b, s]) => {
    const by = step === undefined ? `CASE WHEN ${a} <= ${b} THEN CAST(1 AS BIGINT) ELSE CAST(-1 AS BIGINT) END` : s;
    return bind([by], ([n]) => `CASE WHEN ${none(a, b, n)} THEN NULL WHEN ${n} = 0 THEN ${error('step must not be zero', n)} WHEN (${n} > 0 AND ${a} > ${b}) OR (${n} < 0 AND ${a} < ${b}) THEN ${error('sequence stop value should be greater than or equal to start value if step is greater than zero otherwise stop should be less than or equal to start', n)} WHEN (${b} - ${a}) // ${n} + 1 > 10000 THEN ${error('result of sequence function must not have more than 10000 entries', n)} ELSE generate_series(${a}, ${b}, ${n}) END`);
  });
};

const slice: Implementation = ([list, from, count]) =>
  bind([list!, from!, count!], ([l, s, n]) => {
    const first = `CASE WHEN ${s} < 0 THEN len(${l}) + ${s} + 1 ELSE ${s} END`;
    const cut = bind([first], ([f]) => `CASE WHEN ${f} < 1 OR ${f} > len(${l}) OR ${n} = 0 THEN list_slice(${l}, 2, 1) ELSE list_slice(${l}, ${f}, least(${f} + ${n} - 1, len(${l}))) END`);
    return `CASE WHEN ${none(l, s, n)} THEN NULL WHEN ${s} = 0 THEN ${error('SQL array indices start at 1', s)} WHEN ${n} < 0 THEN ${error('length must be greater than or equal to 0', n)} ELSE ${cut} END`;
  });

const elementAt: Implementation = ([from, key], { types }) => {
  if (types[0]!.kind === 'map') return bind([from!, key!], ([m, k]) => `CASE WHEN ${none(m, k)} THEN NULL ELSE map_extract_value(${m}, ${k}) END`);
  return bind([from!, key!], ([l, i]) => `CASE WHEN ${i} = 0 THEN ${error('SQL array indices start at 1', i)} ELSE list_extract(${l}, ${i}) END`);
};

function join([list, delimiter, missing]: string[], bound: Bound): string {
  const { element } = bound.types[0] as TrinoType & { kind: 'array' };
  return bind([list!, delimiter!, missing ?? "''"], ([l, d, m]) => {
    const text = convert('e', element, VARCHAR);
    const texts = `list_transform(${l}, lambda e: ${missing === undefined ? text : `coalesce(${text}, ${m})`})`;
    // Of NULLs alone DuckDB would answer NULL.
    return `CASE WHEN ${none(l, d)} THEN NULL ELSE coalesce(array_to_string(${texts}, ${d}), '') END`;
  });
}

const pair = (first: string, second: string): string => `struct_pack(field0 := ${first}, field1 := ${second})`;

export const arrays: Record<string, Implementation> = {
  all_match: match('false', ['false', 'true']),
  any_match: match('true', ['true', 'false']),
  none_match: match('true', ['false', 'true']),
  array_distinct: checked(([list]) => distinct(list!)),
  array_except: checked(([a, b]) => bind([a!, b!], ([l, r]) => `CASE WHEN ${none(l, r)} THEN NULL ELSE ${distinct(`list_filter(${l}, lambda x: NOT (${isIn(r)}))`)} END`)),
  array_intersect: checked(([a, b]) => bind([a!, b!], ([l, r]) => `CASE WHEN ${none(l, r)} THEN NULL ELSE ${distinct(`list_filter(${l}, lambda x: ${isIn(r)})`)} END`)),
  array_join: join,
  array_max: extreme('list_max'),
  array_min: extreme('list_min'),
  array_position: checked(([list, value]) => bind([list!, value!], ([l, v]) => `CASE WHEN ${none(l, v)} THEN NULL ELSE coalesce(CAST(list_position(${l}, ${v}) AS BIGINT), CAST(0 AS BIGINT)) END`)),
  array_remove: checked(([list, value]) => bind([list!, value!], ([l, v]) => `CASE WHEN ${none(l, v)} THEN NULL ELSE list_filter(${l}, lambda x: x IS DISTINCT FROM ${v}) END`)),
  array_sort: checked(([list]) => `list_sort(${list}, 'ASC', 'NULLS LAST')`),
  array_union: checked(([a, b]) => bind([a!, b!], ([l, r]) => `CASE WHEN ${none(l, r)} THEN NULL ELSE ${distinct(`list_concat(${l}, ${r})`)} END`)),
  arrays_overlap: checked(([a, b]) => bind([a!, b!], ([l, r]) => `CASE WHEN ${none(l, r)} THEN NULL WHEN list_has_any(${l}, ${r}) THEN true WHEN len(${l}) > 0 AND len(${r}) > 0 AND (list_count(${l}) < len(${l}) OR list_count(${r}) < len(${r})) THEN NULL ELSE false END`)),
  cardinality: ([value], { types }) => `CAST(${types[0]!.kind === 'map' ? 'cardinality' : 'len'}(${value}) AS BIGINT)`,
  contains: checked(([list, value]) => bind([list!, value!], ([l, v]) => `CASE WHEN ${none(l, v)} THEN NULL WHEN list_contains(${l}, ${v}) THEN true WHEN list_count(${l}) < len(${l}) THEN NULL ELSE false END`)),
  element_at: elementAt,
  filter: ([list, lambda]) => `list_filter(${list}, ${lambda})`,
  flatten: ([list]) => `flatten(${list})`,
  repeat: ([value, count], { types }) => bind([value!, count!], ([v, n]) => `CASE WHEN ${n} > 10000 THEN ${error('count argument of repeat function must be less than or equal to 10000', n)} WHEN ${n} < 0 THEN ${error('count argument of repeat function must be greater than or equal to 0', n)} ELSE list_transform(range(${n}), lambda i: CAST(${v} AS ${duckType(types[0]!)})) END`),
  sequence,
  slice,
  transform: ([list, lambda]) => `list_transform(${list}, ${lambda})`,
  trim_array: ([list, count]) => bind([list!, count!], ([l, n]) => `CASE WHEN ${none(l, n)} THEN NULL WHEN ${n} < 0 THEN ${error('size must not be negative', n)} WHEN ${n} > len(${l}) THEN ${error('size must not exceed array cardinality', n)} ELSE list_slice(${l}, 1, len(${l}) - ${n}) END`),
  zip: ([a, b]) => bind([a!, b!], ([l, r]) => `CASE WHEN ${none(l, r)} THEN NULL ELSE list_transform(list_zip(${l}, ${r}), lambda e: ${pair('struct_extract(e, 1)', 'struct_extract(e, 2)')}) END`),
  map: ([keys, values]) => {
    if (keys === undefined) return 'map(CAST([] AS INTEGER[]), CAST([] AS INTEGER[]))';
    return bind([keys, values!], ([k, v]) => `CASE WHEN ${none(k, v)} THEN NULL WHEN len(${k}) <> len(${v}) THEN ${error('Key and value arrays must be the same length', k)} ELSE map(${k}, ${v}) END`);
  },
  map_concat: (args) => bind(args, (names) => `CASE WHEN ${none(...names)} THEN NULL ELSE map_concat(${names.join(', ')}) END`),
  map_entries: ([map]) => `list_transform(map_entries(${map}), lambda e: ${pair('e.key', 'e.value')})`,
  map_from_entries: ([list]) => `map_from_entries(list_transform(${list}, lambda e: struct_pack(key := e.field0, value := e.field1)))`,
  map_keys: ([map]) => `map_keys(${map})`,
  map_values: ([map]) => `map_values(${map})`,
};
