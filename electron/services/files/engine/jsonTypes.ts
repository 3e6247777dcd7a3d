/** A type being found out from JSON values; widened value by value. */
export type JsonType =
  | { kind: 'unknown' } // only nulls so far
  | { kind: 'scalar'; type: 'bigint' | 'double' | 'boolean' | 'string' }
  | { kind: 'array'; of: JsonType }
  | { kind: 'struct'; fields: Map<string, JsonType> }
  | { kind: 'mixed' };

const DEEPEST = 24;

/** The type that holds `value` and everything seen before. */
export function jsonType(value: unknown, seen: JsonType = { kind: 'unknown' }, depth = 0): JsonType {
  return merge(seen, valueType(value, depth));
}

function valueType(value: unknown, depth: number): JsonType {
  if (value === null || value === undefined) return { kind: 'unknown' };
  if (typeof value === 'boolean') return { kind: 'scalar', type: 'boolean' };
  if (typeof value === 'bigint') return { kind: 'scalar', type: BigInt.asIntN(64, value) === value ? 'bigint' : 'double' };
  if (typeof value === 'number') return { kind: 'scalar', type: Number.isInteger(value) && Math.abs(value) < 2 ** 63 ? 'bigint' : 'double' };
  if (typeof value !== 'object') return { kind: 'scalar', type: 'string' };
  if (depth > DEEPEST) return { kind: 'mixed' };
  if (Array.isArray(value)) {
    let of: JsonType = { kind: 'unknown' };
    for (const item of value.slice(0, 100)) of = jsonType(item, of, depth + 1);
    return { kind: 'array', of };
  }
  return { kind: 'struct', fields: new Map(Object.entries(value).map(([name, inner]) => [name, valueType(inner, depth + 1)])) };
}

function merge(a: JsonType, b: JsonType): JsonType {
  if (a.kind === 'unknown') return b;
  if (b.kind === 'unknown') return a;
  if (a.kind === 'scalar' && b.kind === 'scalar') {
    if (a.type === b.type) return a;
    const numbers = new Set(['bigint', 'double']);
    return { kind: 'scalar', type: numbers.has(a.type) && numbers.has(b.type) ? 'double' : 'string' };
  }
  if (a.kind === 'array' && b.kind === 'array') return { kind: 'array', of: merge(a.of, b.of) };
  if (a.kind === 'struct' && b.kind === 'struct') {
    const fields = new Map(a.fields);
    for (const [name, type] of b.fields) fields.set(name, merge(fields.get(name) ?? { kind: 'unknown' }, type));
    return { kind: 'struct', fields };
  }
  return { kind: 'mixed' };
}

/**
 * The type as Athena's DDL writes it. What DDL cannot say (mixed kinds, empty objects, field names that are no
 * identifiers) is `string`: the JSON SerDe then gives the JSON text.
 */
export function typeText(type: JsonType): string {
  return plain(type) ?? 'string';
}

function plain(type: JsonType): string | undefined {
  if (type.kind === 'scalar') return type.type;
  if (type.kind === 'unknown') return 'string';
  if (type.kind === 'mixed') return undefined;
  if (type.kind === 'array') {
    const of = plain(type.of);
    return of === undefined ? undefined : `array<${of}>`;
  }
  const names = [...type.fields.keys()];
  if (names.length === 0 || names.some((name) => !/^[A-Za-z_]\w*$/.test(name)) || new Set(names.map((name) => name.toLowerCase())).size !== names.length) return undefined;
  const fields = [...type.fields].map(([name, inner]) => [name.toLowerCase(), plain(inner)]);
  return fields.some(([, inner]) => inner === undefined) ? undefined : `struct<${fields.map(([name, inner]) => `${name}:${inner}`).join(',')}>`;
}
