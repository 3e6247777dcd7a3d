import type { TypeName } from '../../../../../shared/sql/query/ast.ts';
import { resolveType, typeName } from '../../../../../shared/sql/query/typeNames.ts';
import { TokenStream } from '../../../../../shared/sql/tokenStream.ts';
import type { TrinoType } from '../../../../../shared/sql/hiveTypes.ts';
import { BIGINT, coercible, commonType, same, VARCHAR } from '../types.ts';

/** A parsed signature of `shared/sql/functions.ts`. */
export interface Signature {
  parameters: TypeName[];
  /** The last parameter may repeat (at least once). */
  varargs: boolean;
  result: TypeName;
}

export type Variables = Map<string, TrinoType>;

const parsed = new Map<string, Signature>();

export function signature(text: string): Signature {
  const known = parsed.get(text);
  if (known) return known;
  const [args = '', result = ''] = text.split(' -> ');
  const s = new TokenStream(args.replace('...', ''), 'trino');
  const parameters: TypeName[] = [];
  s.expect('(');
  if (!s.is(')')) do parameters.push(typeName(s)); while (s.take(','));
  s.expect(')');
  const made = { parameters, varargs: args.includes('...'), result: typeName(new TokenStream(result, 'trino')) };
  parsed.set(text, made);
  return made;
}

export const isVariable = (pattern: TypeName): boolean => pattern.name.length === 1;
export const isFunction = (pattern: TypeName): boolean => pattern.name === 'function';

const anyPrecision = ['timestamp', 'timestamp with time zone', 'decimal'];

/** Whether a value of `type` fits `pattern`, which may bind or widen variables. */
export function unify(pattern: TypeName, type: TrinoType, variables: Variables): boolean {
  if (isVariable(pattern)) {
    const bound = variables.get(pattern.name);
    const common = bound ? commonType(bound, type) : type;
    if (common) variables.set(pattern.name, common);
    return common !== undefined;
  }
  if (type.kind === 'unknown') return true;
  if (pattern.name === 'array') return type.kind === 'array' && unify(pattern.arguments[0]!, type.element, variables);
  if (pattern.name === 'map') return type.kind === 'map' && unify(pattern.arguments[0]!, type.key, variables) && unify(pattern.arguments[1]!, type.value, variables);
  if (pattern.name === 'row') return type.kind === 'row' && type.fields.length === pattern.fields.length && pattern.fields.every((f, i) => unify(f.type, type.fields[i]!.type, variables));
  if (anyPrecision.includes(pattern.name) && pattern.numbers.length === 0) {
    if (type.kind === pattern.name) return true;
    return pattern.name !== 'decimal' && coercible(type, { kind: pattern.name as 'timestamp', precision: 'precision' in type && type.kind !== 'decimal' ? type.precision : 3 });
  }
  return coercible(type, resolveType(pattern));
}

/** The type a pattern stands for once its variables are bound; `actual` gives what any-precision patterns take over. */
export function resolved(pattern: TypeName, variables: Variables, actual?: TrinoType): TrinoType {
  if (isVariable(pattern)) return variables.get(pattern.name) ?? { kind: 'unknown' };
  if (pattern.name === 'array') return { kind: 'array', element: resolved(pattern.arguments[0]!, variables, actual?.kind === 'array' ? actual.element : actual) };
  if (pattern.name === 'map') {
    const [key, value] = actual?.kind === 'map' ? [actual.key, actual.value] : [undefined, undefined];
    return { kind: 'map', key: resolved(pattern.arguments[0]!, variables, key), value: resolved(pattern.arguments[1]!, variables, value) };
  }
  if (pattern.name === 'row') return { kind: 'row', fields: pattern.fields.map((f) => ({ type: resolved(f.type, variables) })) };
  if (anyPrecision.includes(pattern.name) && pattern.numbers.length === 0) {
    if (actual?.kind === pattern.name) return actual;
    if (pattern.name === 'decimal') return { kind: 'decimal', precision: 38, scale: 0 };
    return { kind: pattern.name as 'timestamp', precision: actual && 'precision' in actual && actual.kind !== 'decimal' ? actual.precision : 3 };
  }
  if (pattern.name === 'unknown') return { kind: 'unknown' };
  if (pattern.name === 'varchar') return VARCHAR;
  if (pattern.name === 'bigint') return BIGINT;
  return resolveType(pattern);
}

/** Whether a coercion is needed to give `type` for `to`; a length of varchar does not count. */
export function needsCoercion(type: TrinoType, to: TrinoType): boolean {
  return !same(type, to) && !(type.kind === 'varchar' && to.kind === 'varchar') && type.kind !== 'unknown';
}
