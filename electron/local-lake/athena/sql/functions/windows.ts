import { SqlError } from '../../../../../shared/sql/errors.ts';
import { functionNamed } from '../../../../../shared/sql/functions.ts';
import type { Call, Expr, FrameBound, WindowSpec } from '../../../../../shared/sql/query/ast.ts';
import type { Expressions } from '../expressions.ts';
import { checkDistinct, sortKey } from '../query.ts';
import { isInteger, isNumeric, mismatch, text } from '../types.ts';
import type { Typed } from '../types.ts';
import { aggregateParts } from './aggregates.ts';
import { bindArguments } from './call.ts';

const valueFunctions = new Set(['lag', 'lead', 'first_value', 'last_value', 'nth_value']);

/** A window function, or an aggregate over a window. */
export function windowCall(expressions: Expressions, call: Call): Typed {
  if (call.distinct) throw new SqlError('NOT_SUPPORTED', 'DISTINCT in window function parameters not yet supported', call);
  const spec = resolveSpec(expressions, call.over!);
  const inner = new (expressions.constructor as typeof Expressions)({ ...expressions.place, noWindows: 'Window function' });
  const over = ` OVER (${windowSql(inner, spec)})`;
  const filter = call.filter ? ` FILTER (WHERE ${inner.condition(call.filter, 'FILTER expression')})` : '';
  const known = functionNamed(call.name)!;
  if (call.ignoreNulls !== undefined && !valueFunctions.has(call.name)) throw new SqlError('NOT_SUPPORTED', `Cannot specify a null treatment clause for ${call.name} function`, call);
  if (known.kind === 'aggregate') {
    if (call.orderBy.length > 0) throw new SqlError('NOT_SUPPORTED', 'Window function with ORDER BY is not supported', call);
    const { type, build } = aggregateParts(inner, call);
    return { sql: build((core) => core + filter + over), type };
  }
  if (filter) throw new SqlError('NOT_SUPPORTED', 'FILTER is not yet supported for non-aggregate functions', call);
  if (['lag', 'lead'].includes(call.name) && spec.frame) throw new SqlError('INVALID_WINDOW_FRAME', `Cannot specify window frame for ${call.name} function`, call);
  if (['rank', 'dense_rank', 'percent_rank', 'cume_dist', 'ntile', 'lag', 'lead'].includes(call.name) && spec.orderBy.length === 0 && ['lag', 'lead'].includes(call.name)) {
    throw new SqlError('INVALID_WINDOW_FRAME', `${call.name} function requires an ORDER BY window clause`, call);
  }
  const { args, result } = bindArguments(inner, call, known.signatures);
  const ignore = call.ignoreNulls ? ' IGNORE NULLS' : '';
  const body = `${call.name}(${args.join(', ')}${ignore})${over}`;
  return { sql: isInteger(result) && !valueFunctions.has(call.name) ? `CAST(${body} AS BIGINT)` : body, type: result };
}

function resolveSpec(expressions: Expressions, spec: WindowSpec): WindowSpec {
  if (spec.base === undefined) return spec;
  const named = expressions.place.windows?.get(spec.base);
  if (!named) throw new SqlError('INVALID_WINDOW_FRAME', `Cannot resolve WINDOW name ${spec.base}`, spec);
  const base = resolveSpec(expressions, named);
  if (spec.partitionBy.length > 0) throw new SqlError('INVALID_WINDOW_FRAME', 'WINDOW specification with named WINDOW reference cannot specify PARTITION BY', spec);
  if (spec.orderBy.length > 0 && base.orderBy.length > 0) throw new SqlError('INVALID_WINDOW_FRAME', 'Cannot specify ORDER BY if referenced named WINDOW specifies ORDER BY', spec);
  return { ...spec, base: undefined, partitionBy: base.partitionBy, orderBy: spec.orderBy.length > 0 ? spec.orderBy : base.orderBy, frame: spec.frame ?? base.frame };
}

function windowSql(expressions: Expressions, spec: WindowSpec): string {
  const parts: string[] = [];
  if (spec.partitionBy.length > 0) {
    const keys = spec.partitionBy.map((expr) => {
      const value = expressions.translate(expr);
      checkDistinct(value.type, expr);
      return value.sql;
    });
    parts.push(`PARTITION BY ${keys.join(', ')}`);
  }
  const keys = spec.orderBy.map((item) => expressions.translate(item.expr));
  if (keys.length > 0) parts.push(`ORDER BY ${keys.map((key, i) => sortKey(key, spec.orderBy[i]!)).join(', ')}`);
  if (spec.frame) {
    const { unit, start, end } = spec.frame;
    const bound = (one: FrameBound): string => frameBound(expressions, one, unit, keys[0]);
    parts.push(`${unit.toUpperCase()} BETWEEN ${bound(start)} AND ${bound(end)}`);
  }
  return parts.join(' ');
}

function frameBound(expressions: Expressions, bound: FrameBound, unit: string, key: Typed | undefined): string {
  switch (bound.type) {
    case 'unboundedPreceding':
      return 'UNBOUNDED PRECEDING';
    case 'unboundedFollowing':
      return 'UNBOUNDED FOLLOWING';
    case 'current':
      return 'CURRENT ROW';
    default:
      return `${offset(expressions, bound.offset!, unit, key)} ${bound.type.toUpperCase()}`;
  }
}

function offset(expressions: Expressions, expr: Expr, unit: string, key: Typed | undefined): string {
  const value = expressions.translate(expr);
  if (unit !== 'range') {
    if (!isInteger(value.type)) throw mismatch(`Window frame ${unit.toUpperCase()} value type must be exact numeric type with scale 0 (actual ${text(value.type)})`, expr);
    return value.sql;
  }
  if (!key) throw new SqlError('INVALID_WINDOW_FRAME', 'Window frame of type RANGE PRECEDING or FOLLOWING requires ORDER BY', expr);
  if (isNumeric(key.type) && isNumeric(value.type)) return value.sql;
  if (key.type.kind === 'date' || key.type.kind === 'timestamp') {
    if (value.type.kind === 'interval day to second') return `to_microseconds(${value.sql} * 1000)`;
    if (value.type.kind === 'interval year to month') return `to_months(${value.sql})`;
  }
  throw mismatch(`Window frame of type RANGE: no offset of type ${text(value.type)} for a sort key of type ${text(key.type)}`, expr);
}
