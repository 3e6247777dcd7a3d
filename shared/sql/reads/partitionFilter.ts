import type { ComparisonOperator, Expr } from '../query/ast.ts';
import { conjuncts, dotted } from './walk.ts';

export interface PartitionKey {
  name: string;
  /** Hive's type, as the catalog has it. */
  type: string;
}

export type Constant = { type: 'text' | 'integer' | 'date'; value: string };

/** A condition on partition keys alone, of the kinds that both the catalog and the engine decide by the key's value. */
export type PartitionFilter =
  | { kind: 'and'; of: PartitionFilter[] }
  | { kind: 'or'; of: PartitionFilter[] }
  | { kind: 'compare'; key: string; operator: ComparisonOperator; value: Constant }
  | { kind: 'in'; key: string; values: Constant[] }
  | { kind: 'like'; key: string; pattern: string };

/** Of which kind the values of a key compare; undefined: no comparison of them is relied on. */
export function comparedAs(type: string): Constant['type'] | undefined {
  const name = type.toLowerCase().replace(/\(.*$/, '').trim();
  if (name === 'string' || name === 'varchar') return 'text';
  if (name === 'date') return 'date';
  return ['tinyint', 'smallint', 'int', 'integer', 'bigint'].includes(name) ? 'integer' : undefined;
}

const FLIPPED: Record<ComparisonOperator, ComparisonOperator> = { '=': '=', '<>': '<>', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };
const NEGATED: Record<ComparisonOperator, ComparisonOperator> = { '=': '<>', '<>': '=', '<': '>=', '<=': '>', '>': '<=', '>=': '<' };

/**
 * What a WHERE proves of a table's partition keys: partitions that do not pass it hold no row that is wanted, and the
 * engine leaves them out. Conditions on other columns, on calculated values and between keys prove nothing here.
 */
export function partitionFilter(where: Expr, alias: string, keys: PartitionKey[]): PartitionFilter | undefined {
  const of = conjuncts(where).flatMap((condition) => exactly(condition, { alias, keys }) ?? []);
  return of.length <= 1 ? of[0] : { kind: 'and', of };
}

interface Table {
  alias: string;
  keys: PartitionKey[];
}

/** The whole condition as a filter; undefined where any part of it is more than that. */
function exactly(expr: Expr, table: Table): PartitionFilter | undefined {
  switch (expr.kind) {
    case 'and':
    case 'or': {
      const [left, right] = [exactly(expr.left, table), exactly(expr.right, table)];
      return left && right && { kind: expr.kind, of: [left, right] };
    }
    case 'comparison':
      return comparison(expr.operator, expr.left, expr.right, table) ?? comparison(FLIPPED[expr.operator], expr.right, expr.left, table);
    case 'between': {
      const low = comparison('>=', expr.operand, expr.low, table);
      const high = comparison('<=', expr.operand, expr.high, table);
      if (!low || !high || low.kind !== 'compare' || high.kind !== 'compare') return undefined;
      if (!expr.negated) return { kind: 'and', of: [low, high] };
      return { kind: 'or', of: [low, high].map((one) => ({ ...one, operator: NEGATED[one.operator] })) };
    }
    case 'in': {
      const key = keyOf(expr.operand, table);
      const values = key && expr.values.map((value) => constant(value, key));
      if (!key || !values || !values.every((value) => value !== undefined)) return undefined;
      if (expr.negated) return { kind: 'and', of: values.map((value) => ({ kind: 'compare', key: key.name, operator: '<>', value })) };
      return { kind: 'in', key: key.name, values };
    }
    case 'like': {
      const key = keyOf(expr.operand, table);
      // `_` and escapes are read differently from one catalog to another.
      if (!key || expr.negated || expr.escape || comparedAs(key.type) !== 'text' || expr.pattern.kind !== 'string' || /[_\\]/.test(expr.pattern.value)) return undefined;
      return { kind: 'like', key: key.name, pattern: expr.pattern.value };
    }
    default:
      return undefined;
  }
}

function comparison(operator: ComparisonOperator, left: Expr, right: Expr, table: Table): PartitionFilter | undefined {
  const key = keyOf(left, table);
  const value = key && constant(right, key);
  return key && value && { kind: 'compare', key: key.name, operator, value };
}

function keyOf(expr: Expr, { alias, keys }: Table): PartitionKey | undefined {
  if (expr.kind !== 'name') return undefined;
  const parts = dotted(expr.parts);
  if (parts.length > 2 || (parts.length === 2 && parts[0] !== alias)) return undefined;
  return keys.find((key) => key.name.toLowerCase() === parts.at(-1));
}

function constant(expr: Expr, key: PartitionKey): Constant | undefined {
  const type = comparedAs(key.type);
  if (type === 'text') return expr.kind === 'string' ? { type, value: expr.value } : undefined;
  if (type === 'date') return expr.kind === 'typed' && expr.type.name === 'date' && /^\d{4}-\d\d-\d\d$/.test(expr.value) ? { type, value: expr.value } : undefined;
  if (type !== 'integer') return undefined;
  const [sign, digits] = expr.kind === 'negate' ? ['-', expr.operand] : ['', expr];
  return digits.kind === 'integer' ? { type, value: `${sign}${digits.value}` } : undefined;
}
