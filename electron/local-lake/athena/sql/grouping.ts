import { SqlError } from '../../../../shared/sql/errors.ts';
import type { At, Call, Expr, GroupingElement, Select } from '../../../../shared/sql/query/ast.ts';
import { Expressions } from './expressions.ts';
import type { Place } from './expressions.ts';
import { aggregate } from './functions/aggregates.ts';
import { isAggregate } from './functions/call.ts';
import { checkDistinct } from './query.ts';
import type { QueryTranslator } from './query.ts';
import { Scope } from './scope.ts';
import type { Field } from './scope.ts';
import type { Source } from './relations.ts';
import { BIGINT, INTEGER } from './types.ts';
import type { Typed } from './types.ts';
import { callsIn } from './walk.ts';

interface Grouped {
  alias: string;
  /** Where the select list and ORDER BY stand: group keys and aggregates are columns of the inner query. */
  place: Place;
  /** The inner query; complete only after the select list was translated (it collects the aggregates). */
  sql(): string;
  having: string;
}

/** The grouped part of a query: `SELECT keys, aggregates … GROUP BY …`, and how the rest of the query reads it. */
export function group(query: QueryTranslator, sel: Select, source: Source, place: Place, base: string, _order: Expr[]): Grouped {
  const alias = query.statement.alias('g');
  const inside = new Expressions({ ...place, noWindows: 'GROUP BY clause', noAggregates: 'GROUP BY clause' });
  const scope = new Scope(source.fields);
  const keys: { key: string; value: Typed }[] = [];
  const columns: string[] = [];
  const keyOf = (expr: Expr): number => {
    const meant = ordinal(expr, sel);
    const key = canonical(meant, scope);
    const known = keys.findIndex((one) => one.key === key);
    if (known >= 0) return known;
    const value = inside.translate(meant);
    checkDistinct(value.type, meant);
    keys.push({ key, value });
    return keys.length - 1;
  };
  const sets = sel.groupBy ? groupingSets(sel.groupBy.elements, keyOf, sel.groupBy.distinct) : [];
  const keyColumn = (index: number): Typed => ({ sql: `${alias}.g${index}`, type: keys[index]!.value.type });

  const addColumn = (sql: string): string => {
    const at = columns.indexOf(sql);
    if (at >= 0) return `${alias}.a${at}`;
    columns.push(sql);
    return `${alias}.a${columns.length - 1}`;
  };
  const intercept = (expr: Expr): Typed | undefined => {
    if (keys.length > 0) {
      const key = canonical(expr, scope);
      const index = keys.findIndex((one) => one.key === key);
      if (index >= 0) return keyColumn(index);
    }
    if (expr.kind !== 'call' || expr.over) return undefined;
    if (expr.name === 'grouping') return groupingCall(expr, (arg) => canonicalIndex(arg), sets, addColumn, keys);
    if (!isAggregate(expr)) return undefined;
    checkNesting(expr);
    const value = aggregate(new Expressions({ ...place, noAggregates: 'aggregate function', noWindows: 'aggregate function' }), expr);
    return { sql: addColumn(value.sql), type: value.type };
  };
  const canonicalIndex = (arg: Expr): number => keys.findIndex((one) => one.key === canonical(arg, scope));
  const ofField = (field: Field, at: At): Typed => {
    const index = keys.findIndex((one) => one.value.sql === field.sql);
    if (index < 0) throw notGrouped(field.name ?? '', at);
    return keyColumn(index);
  };
  const resolve: Place['resolve'] = (parts) => {
    const found = scope.find(parts);
    if (!found) return query.outer(parts);
    const index = keys.findIndex((one) => one.value.sql === found.field.sql);
    if (index < 0) throw notGrouped(parts.map((part) => part.text).join('.'), parts[0]!);
    return { value: keyColumn(index), used: found.used };
  };
  const outside: Place = { ...place, resolve, intercept, ofField };
  const having = sel.having ? ` WHERE ${new Expressions({ ...outside, noWindows: 'HAVING clause' }).condition(sel.having, 'HAVING clause')}` : '';
  const sql = (): string => {
    const list = [...keys.map((one, i) => `${one.value.sql} AS g${i}`), ...columns.map((column, i) => `${column} AS a${i}`)];
    return `SELECT ${list.length > 0 ? list.join(', ') : '1'}${base}${groupClause(sets, keys.map((one) => one.value.sql), list.length === keys.length && keys.length === 0)}`;
  };
  return { alias, place: outside, sql, having };
}

function notGrouped(name: string, at: At): SqlError {
  return new SqlError('EXPRESSION_NOT_AGGREGATE', `'${name}' must be an aggregate expression or appear in GROUP BY clause`, at);
}

/** `GROUP BY 2` is the second item of the select list. */
function ordinal(expr: Expr, sel: Select): Expr {
  if (expr.kind !== 'integer') return expr;
  const item = sel.items[Number(expr.value) - 1];
  if (!item) throw new SqlError('INVALID_COLUMN_REFERENCE', `GROUP BY position ${expr.value} is not in select list`, expr);
  if (item.kind !== 'expr') throw new SqlError('NOT_SUPPORTED', 'GROUP BY position of * is not supported', expr);
  if (callsIn(item.expr).some((call) => !call.over && isAggregate(call))) {
    throw new SqlError('EXPRESSION_NOT_SCALAR', 'GROUP BY clause cannot contain aggregations, window functions or grouping operations', expr);
  }
  return item.expr;
}

function checkNesting(call: Call): void {
  const inner = callsIn([call.args, call.filter, call.orderBy]).find((other) => !other.over && isAggregate(other));
  if (inner) throw new SqlError('NESTED_AGGREGATION', `Cannot nest aggregations inside aggregation '${call.name}': [${inner.name}]`, call);
}

/** All grouping sets as lists of key indexes: the cross product of the elements. */
function groupingSets(elements: GroupingElement[], keyOf: (expr: Expr) => number, distinct: boolean): number[][] {
  let sets: number[][] = [[]];
  for (const element of elements) {
    const choices = expand(element).map((exprs) => exprs.map(keyOf));
    sets = sets.flatMap((set) => choices.map((choice) => [...new Set([...set, ...choice])]));
  }
  if (!distinct) return sets;
  const seen = new Set<string>();
  return sets.filter((set) => {
    const key = [...set].sort((a, b) => a - b).join();
    return !seen.has(key) && seen.add(key);
  });
}

function expand(element: GroupingElement): Expr[][] {
  if (element.kind === 'simple') return [element.exprs];
  if (element.kind === 'sets') return element.sets;
  if (element.kind === 'rollup') return element.sets.map((_, i) => element.sets.slice(0, element.sets.length - i).flat()).concat([[]]);
  const count = element.sets.length;
  return Array.from({ length: 2 ** count }, (_, mask) => element.sets.filter((_set, i) => !(mask & (1 << (count - 1 - i)))).flat());
}

function groupClause(sets: number[][], keys: string[], empty: boolean): string {
  if (sets.length === 0) return empty ? ' HAVING count(*) >= 0' : '';
  if (sets.length === 1) return sets[0]!.length > 0 ? ` GROUP BY ${sets[0]!.map((i) => keys[i]).join(', ')}` : empty ? ' HAVING count(*) >= 0' : '';
  return ` GROUP BY GROUPING SETS (${sets.map((set) => `(${set.map((i) => keys[i]).join(', ')})`).join(', ')})`;
}

/** `grouping(a, b)`: a bit per argument, the last one lowest, set where the row is not grouped by it. */
function groupingCall(call: Call, indexOf: (arg: Expr) => number, sets: number[][], addColumn: (sql: string) => string, keys: { value: Typed }[]): Typed {
  const indexes = call.args.map((arg) => {
    const index = indexOf(arg);
    if (index < 0) throw new SqlError('INVALID_ARGUMENTS', 'The arguments to GROUPING() must be expressions referenced by the GROUP BY at the associated query level', arg);
    return index;
  });
  const type = call.args.length <= 31 ? INTEGER : BIGINT;
  if (sets.length <= 1) return { sql: 'CAST(0 AS INTEGER)', type };
  return { sql: `CAST(${addColumn(`grouping(${indexes.map((i) => keys[i]!.value.sql).join(', ')})`)} AS ${type.kind.toUpperCase()})`, type };
}

/** A text that is the same for expressions that mean the same: names are what they resolve to, positions are left out. */
export function canonical(expr: Expr, scope: Scope): string {
  return JSON.stringify(expr, (key, value: unknown) => {
    if (key === 'line' || key === 'column' || key === 'text') return undefined;
    const node = value as { kind?: string; parts?: Parameters<Scope['find']>[0] };
    if (node && typeof node === 'object' && node.kind === 'name' && node.parts) {
      const found = scope.find(node.parts);
      if (found) return { field: found.field.sql, rest: node.parts.slice(found.used).map((part) => part.name) };
    }
    return value;
  });
}
