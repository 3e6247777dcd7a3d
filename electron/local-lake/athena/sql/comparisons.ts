import { SqlError } from '../../../../shared/sql/errors.ts';
import type { At, ComparisonOperator } from '../../../../shared/sql/query/ast.ts';
import type { TrinoType } from '../../../../shared/sql/hiveTypes.ts';
import { bind } from './bind.ts';
import { coerced } from './casts.ts';
import { BOOLEAN, commonType, contains, fieldName, isFloating, isOrderable, literal, mismatch, text } from './types.ts';
import type { Typed } from './types.ts';

/** `left op right` by Trino's rules: no implicit conversion between text and numbers, NaN equals nothing. */
export function compare(operator: ComparisonOperator, left: Typed, right: Typed, at: At): Typed {
  const type = commonType(left.type, right.type);
  if (!type) throw mismatch(`Cannot apply operator: ${text(left.type)} ${operator} ${text(right.type)}`, at);
  checkComparable(type, at);
  if (operator !== '=' && operator !== '<>' && !isOrderable(type)) throw mismatch(`Cannot apply operator: ${text(left.type)} ${operator} ${text(right.type)}`, at);
  return { sql: compareSql(operator, coerced(left, type).sql, coerced(right, type).sql, type, at), type: BOOLEAN };
}

/** Fails by name for types whose equality DuckDB decides otherwise than Trino. */
export function checkComparable(type: TrinoType, at: At): void {
  if (contains(type, 'map')) throw new SqlError('NOT_SUPPORTED', `Comparing values of type ${text(type)} is not supported`, at);
  if (type.kind !== 'timestamp with time zone' && contains(type, 'timestamp with time zone')) {
    throw new SqlError('NOT_SUPPORTED', `Comparing values of type ${text(type)} is not supported`, at);
  }
}

function compareSql(operator: ComparisonOperator, left: string, right: string, type: TrinoType, at: At): string {
  if (isFloating(type)) return compareFloating(operator, left, right);
  if (type.kind === 'timestamp with time zone') return `((${left}).u ${operator} (${right}).u)`;
  if (type.kind !== 'array' && type.kind !== 'row') return `(${left} ${operator} ${right})`;
  if (operator === '=' || operator === '<>') {
    const equal = bind([left, right], ([l, r]) => nestedEqual(l, r, type, at));
    return operator === '=' ? equal : `(NOT ${equal})`;
  }
  throw new SqlError('NOT_SUPPORTED', `Comparing values of type ${text(type)} by ${operator} is not supported`, at);
}

const number = /^CAST\(-?[\d.eE+-]+ AS (DOUBLE|FLOAT)\)$/;

/** DuckDB holds NaN for equal to itself and greater than all; to Trino every comparison with it is false (`<>`: true). */
function compareFloating(operator: ComparisonOperator, left: string, right: string): string {
  const [l, r] = [number.test(left), number.test(right)];
  const plain = `${left} ${operator} ${right}`;
  if (l && r) return `(${plain})`;
  if (l || r) {
    if (operator === '=' || operator === '<>') return `(${plain})`;
    return `(${plain} AND NOT isnan(${l ? right : left}))`;
  }
  return bind([left, right], ([a, b]) => `CASE WHEN ${a} IS NULL OR ${b} IS NULL THEN NULL WHEN isnan(${a}) OR isnan(${b}) THEN ${operator === '<>'} ELSE ${a} ${operator} ${b} END`);
}

/** Nested values are equal when all parts are, different when one is, else unknown when a part is NULL. */
function nestedEqual(left: string, right: string, type: TrinoType, at: At): string {
  if (type.kind === 'row') {
    const parts = type.fields.map((field, i) => {
      const name = literal(fieldName(field.name, i));
      return compareSql('=', `struct_extract(${left}, ${name})`, `struct_extract(${right}, ${name})`, field.type, at);
    });
    return `(${parts.join(' AND ')})`;
  }
  if (type.kind !== 'array') throw new SqlError('NOT_SUPPORTED', `Comparing values of type ${text(type)} is not supported`, at);
  const pairs = `list_transform(list_zip(${left}, ${right}), lambda p: ${compareSql('=', 'struct_extract(p, 1)', 'struct_extract(p, 2)', type.element, at)})`;
  const verdict = bind([pairs], ([p]) => `CASE WHEN list_contains(${p}, false) THEN false WHEN list_count(${p}) < len(${p}) THEN NULL ELSE true END`);
  return `CASE WHEN ${left} IS NULL OR ${right} IS NULL THEN NULL WHEN len(${left}) <> len(${right}) THEN false ELSE ${verdict} END`;
}

/** `IS [NOT] DISTINCT FROM`: NULLs are alike (inside nested values too, as in DuckDB). */
export function distinctFrom(left: Typed, right: Typed, negated: boolean, at: At): Typed {
  const type = commonType(left.type, right.type);
  if (!type) throw mismatch(`Cannot check if ${text(left.type)} is distinct from ${text(right.type)}`, at);
  checkComparable(type, at);
  const key = (value: Typed): string => groupKey(coerced(value, type));
  return { sql: `(${key(left)} IS ${negated ? 'NOT ' : ''}DISTINCT FROM ${key(right)})`, type: BOOLEAN };
}

/** What a value is ordered and told apart by: of a timestamp with time zone, its instant. */
export function groupKey(value: Typed): string {
  return value.type.kind === 'timestamp with time zone' ? `(${value.sql}).u` : value.sql;
}
