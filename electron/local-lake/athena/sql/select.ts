import { SqlError } from '../../../../shared/sql/errors.ts';
import type { Expr, Select, SelectItem, SortItem } from '../../../../shared/sql/query/ast.ts';
import { Expressions, typedNull } from './expressions.ts';
import type { Place } from './expressions.ts';
import { isAggregate } from './functions/call.ts';
import { group } from './grouping.ts';
import { checkDistinct, ordinalOf, sortKey } from './query.ts';
import type { QueryTranslator, Tail } from './query.ts';
import { prune } from './pruning.ts';
import { resolver } from './relations.ts';
import type { Source } from './relations.ts';
import type { QueryResult } from './statement.ts';
import { fieldName, literal } from './types.ts';
import type { Typed } from './types.ts';
import { callsIn } from './walk.ts';

interface Output {
  name?: string;
  value: Typed;
  expr?: Expr;
}

/** `SELECT …` with the ORDER BY and LIMIT that follow it. A grouped one becomes two: the groups, and what is said of them. */
export function select(query: QueryTranslator, sel: Select, tail: Tail): QueryResult {
  const source = query.source(sel.from);
  const windows = new Map(sel.windows.map((window) => [window.name, window.spec]));
  const place: Place = { ...query.place(resolver(source.fields, query.outer)), windows };
  const where = sel.where ? new Expressions({ ...place, noAggregates: 'WHERE clause', noWindows: 'WHERE clause' }).condition(sel.where, 'WHERE clause') : undefined;
  if (sel.where) prune(query.statement, source.fields, sel.where);
  const base = (source.sql ? ` FROM ${source.sql}` : '') + (where ? ` WHERE ${where}` : '');
  const aggregates = callsIn([sel.items, sel.having, tail.orderBy]).some((call) => !call.over && isAggregate(call));
  if (!sel.groupBy && !sel.having && !aggregates) return finish(sel, tail, source, place, base);
  const grouped = group(query, sel, source, place, base, tail.orderBy.map((item) => item.expr));
  const after = finish(sel, tail, source, grouped.place, '\0');
  return { ...after, duckdb: after.duckdb.replace('\0', () => ` FROM (${grouped.sql()}) AS ${grouped.alias}${grouped.having}`) };
}

function finish(sel: Select, tail: Tail, source: Source, place: Place, from: string): QueryResult {
  const expressions = new Expressions(place);
  const outputs = sel.items.flatMap((item) => expand(item, source, expressions));
  if (outputs.length === 0) throw new SqlError('COLUMN_NOT_FOUND', 'SELECT * not allowed from relation that has no columns', sel);
  if (sel.distinct) for (const output of outputs) checkDistinct(output.value.type, sel);
  const keys = tail.orderBy.map((item) => orderKey(item, outputs, place, sel, expressions));
  const list = outputs.map((output, i) => `${typedNull(output.value)} AS c${i}`).join(', ');
  const order = keys.length > 0 ? ` ORDER BY ${keys.join(', ')}` : '';
  return {
    duckdb: `SELECT ${sel.distinct ? 'DISTINCT ' : ''}${list}${from}${order}${tail.limit}`,
    columns: outputs.map((output, i) => ({ name: output.name, sql: `c${i}`, type: output.value.type })),
  };
}

function expand(item: SelectItem, source: Source, expressions: Expressions): Output[] {
  if (item.kind === 'expr') {
    const last = item.expr.kind === 'name' ? item.expr.parts.at(-1)!.name : item.expr.kind === 'field' ? item.expr.field.name : undefined;
    return [{ name: item.alias?.name ?? last, value: expressions.translate(item.expr), expr: item.expr }];
  }
  if (item.kind === 'fieldStar') return rowStar(item, expressions);
  const wanted = item.qualifier?.map((part) => part.name);
  const fields = source.fields.filter((field) => !field.hidden && (!wanted || wanted.every((part, i) => field.qualifier?.[field.qualifier.length - wanted.length + i] === part)));
  if (fields.length === 0 && item.qualifier) {
    // `r.*` may be the fields of a row column.
    const value = tryTranslate(expressions, item.qualifier);
    if (value) return rowStar({ kind: 'fieldStar', base: { kind: 'name', parts: item.qualifier, line: item.line, column: item.column }, line: item.line, column: item.column }, expressions);
    throw new SqlError('TABLE_NOT_FOUND', `Unable to resolve reference ${item.qualifier.map((part) => part.text).join('.')}`, item);
  }
  if (fields.length === 0) throw new SqlError('COLUMN_NOT_FOUND', 'SELECT * not allowed from relation that has no columns', item);
  return fields.map((field) => {
    field.use?.();
    return { name: field.name, value: expressions.place.ofField?.(field, item) ?? { sql: field.sql, type: field.type } };
  });
}

function tryTranslate(expressions: Expressions, parts: NonNullable<Extract<SelectItem, { kind: 'star' }>['qualifier']>): Typed | undefined {
  try {
    return expressions.translate({ kind: 'name', parts, line: parts[0]!.line, column: parts[0]!.column });
  } catch (error) {
    if (error instanceof SqlError) return undefined;
    throw error;
  }
}

function rowStar(item: Extract<SelectItem, { kind: 'fieldStar' }>, expressions: Expressions): Output[] {
  const value = expressions.translate(item.base);
  if (value.type.kind !== 'row') throw new SqlError('TYPE_MISMATCH', 'Expression is not of type ROW', item);
  return value.type.fields.map((field, i) => ({
    name: item.aliases?.[i]?.name ?? field.name,
    value: { sql: `struct_extract(${value.sql}, ${literal(fieldName(field.name, i))})`, type: field.type },
  }));
}

/** ORDER BY reads the names of the output first, then those of the source. */
function orderKey(item: SortItem, outputs: Output[], place: Place, sel: Select, expressions: Expressions): string {
  const ordinal = ordinalOf(item, outputs.length);
  if (ordinal !== undefined) return sortKey(outputs[ordinal]!.value, item);
  const byName = (name: string, at: Expr): Output | undefined => {
    const found = outputs.filter((output) => output.name === name);
    const [first] = found;
    if (first && found.some((other) => other.value.sql !== first.value.sql)) throw new SqlError('AMBIGUOUS_NAME', `Column '${name}' is ambiguous`, at);
    return first;
  };
  let value: Typed;
  if (item.expr.kind === 'name' && item.expr.parts.length === 1 && byName(item.expr.parts[0]!.name, item.expr)) {
    value = byName(item.expr.parts[0]!.name, item.expr)!.value;
  } else {
    const resolve: Place['resolve'] = (parts) => {
      const output = parts.length === 1 ? byName(parts[0]!.name, item.expr) : undefined;
      return output ? { value: output.value, used: 1 } : place.resolve(parts);
    };
    const aliased = (expr: Expr): Typed | undefined => {
      const name = expr.kind === 'name' && expr.parts.length === 1 ? byName(expr.parts[0]!.name, expr) : undefined;
      return name?.value ?? place.intercept?.(expr);
    };
    value = new Expressions({ ...expressions.place, resolve, intercept: aliased }).translate(item.expr);
  }
  if (sel.distinct && !outputs.some((output) => output.value.sql === value.sql)) {
    throw new SqlError('EXPRESSION_NOT_AGGREGATE', 'For SELECT DISTINCT, ORDER BY expressions must appear in select list', item.expr);
  }
  return sortKey(value, item);
}
