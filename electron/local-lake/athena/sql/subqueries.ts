import { SqlError } from '../../../../shared/sql/errors.ts';
import type { Expr, Query } from '../../../../shared/sql/query/ast.ts';
import type { TrinoType } from '../../../../shared/sql/hiveTypes.ts';
import { coerce } from './casts.ts';
import { checkComparable } from './comparisons.ts';
import type { Expressions } from './expressions.ts';
import type { QueryResult } from './statement.ts';
import { BOOLEAN, commonType, mismatch, text } from './types.ts';
import type { Typed } from './types.ts';

type Of<K extends Expr['kind']> = Extract<Expr, { kind: K }>;

function inner(expressions: Expressions, query: Query): QueryResult {
  if (expressions.inLambda) throw new SqlError('NOT_SUPPORTED', 'Subqueries inside lambda expressions are not supported', query);
  const { subquery, resolve } = expressions.place;
  if (!subquery) throw new SqlError('NOT_SUPPORTED', 'A subquery is not supported here', query);
  return subquery(query, resolve);
}

export function exists(expressions: Expressions, expr: Of<'exists'>): Typed {
  return { sql: `EXISTS (${inner(expressions, expr.query).duckdb})`, type: BOOLEAN };
}

export function scalarQuery(expressions: Expressions, query: Query): Typed {
  const result = inner(expressions, query);
  if (result.columns.length !== 1) {
    const fields = result.columns.map((c) => ({ ...(c.name === undefined ? {} : { name: c.name }), type: c.type }));
    throw new SqlError('NOT_SUPPORTED', `Scalar subqueries of several columns (${text({ kind: 'row', fields })}) are not supported`, query);
  }
  return { sql: `(${result.duckdb})`, type: result.columns[0]!.type };
}

/** A subquery of one column that a value is compared with, both in their common type. */
function compared(expressions: Expressions, query: Query, wanted: Typed, at: Expr): { sql: string; value: string } {
  const result = inner(expressions, query);
  const [column] = result.columns;
  if (!column || result.columns.length !== 1) throw new SqlError('NOT_SUPPORTED', 'Multiple columns returned by subquery are not yet supported', at);
  const type: TrinoType | undefined = commonType(wanted.type, column.type);
  if (!type) throw mismatch(`value and result of subquery must be of the same type: ${text(wanted.type)} vs ${text(column.type)}`, at);
  checkComparable(type, at);
  if (type.kind === 'array' || type.kind === 'row' || type.kind === 'timestamp with time zone') throw new SqlError('NOT_SUPPORTED', `Comparing ${text(type)} with a subquery is not supported`, at);
  const alias = expressions.place.statement.alias('s');
  return { sql: `SELECT ${coerce({ sql: `${alias}.${column.sql}`, type: column.type }, type)} FROM (${result.duckdb}) AS ${alias}`, value: coerce(wanted, type) };
}

export function inQuery(expressions: Expressions, expr: Of<'inQuery'>): Typed {
  const { value, sql } = compared(expressions, expr.query, expressions.translate(expr.operand), expr);
  return { sql: `(${value} ${expr.negated ? 'NOT ' : ''}IN (${sql}))`, type: BOOLEAN };
}

export function quantified(expressions: Expressions, expr: Of<'quantified'>): Typed {
  const { value, sql } = compared(expressions, expr.query, expressions.translate(expr.left), expr);
  return { sql: `(${value} ${expr.operator} ${expr.quantifier.toUpperCase()} (${sql}))`, type: BOOLEAN };
}
