import { SqlError } from '../../../../shared/sql/errors.ts';
import type { Expr } from '../../../../shared/sql/query/ast.ts';
import type { Expressions } from './expressions.ts';
import { BOOLEAN, mismatch, text } from './types.ts';
import type { Typed } from './types.ts';

const escaped = (sign: string): string => sign.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** `value [NOT] LIKE pattern [ESCAPE sign]` */
export function like(expressions: Expressions, expr: Extract<Expr, { kind: 'like' }>): Typed {
  const [value, pattern] = [expressions.translate(expr.operand), expressions.translate(expr.pattern)];
  for (const [side, name] of [[value, 'Left side'], [pattern, 'Pattern']] as const) {
    if (side.type.kind !== 'varchar' && side.type.kind !== 'unknown') throw mismatch(`${name} of LIKE expression must evaluate to a varchar: actual type is ${text(side.type)}`, expr);
  }
  const not = expr.negated ? 'NOT ' : '';
  if (!expr.escape) return { sql: `(${value.sql} ${not}LIKE ${pattern.sql})`, type: BOOLEAN };
  const escape = expressions.translate(expr.escape);
  if (expr.escape.kind !== 'string' || expr.pattern.kind !== 'string') return { sql: `(${not}trino_like(${value.sql}, ${pattern.sql}, ${escape.sql}))`, type: BOOLEAN };
  const sign = expr.escape.value;
  if ([...sign].length !== 1) throw new SqlError('INVALID_FUNCTION_ARGUMENT', 'Escape string must be a single character', expr.escape);
  const dangling = new RegExp(`${escaped(sign)}(?![%_])`, 'u').test(expr.pattern.value.replaceAll(sign + sign, ''));
  if (dangling) throw new SqlError('INVALID_FUNCTION_ARGUMENT', "Escape character must be followed by '%', '_' or the escape character itself", expr.pattern);
  return { sql: `(${value.sql} ${not}LIKE ${pattern.sql} ESCAPE ${escape.sql})`, type: BOOLEAN };
}
