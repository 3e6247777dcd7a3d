import { SqlError } from '../../../../shared/sql/errors.ts';
import type { At, Call, Expr, Identifier, Query, WindowSpec } from '../../../../shared/sql/query/ast.ts';
import { resolveType } from '../../../../shared/sql/query/typeNames.ts';
import type { TrinoType } from '../../../../shared/sql/hiveTypes.ts';
import { arithmetic } from './arithmetic.ts';
import { bind } from './bind.ts';
import { cast, coerce, coerced, zonedAt } from './casts.ts';
import { checkComparable, compare, distinctFrom } from './comparisons.ts';
import { fail } from './fail.ts';
import { callFunction } from './functions/call.ts';
import { like } from './like.ts';
import { translateLiteral } from './literals.ts';
import { columnNotFound } from './scope.ts';
import type { Field, Resolver } from './scope.ts';
import type { QueryResult, Statement } from './statement.ts';
import { exists, inQuery, quantified, scalarQuery } from './subqueries.ts';
import { BOOLEAN, commonType, DATE, duckType, fieldName, isNumeric, literal, mismatch, quote, TIMESTAMP, TIMESTAMP_TZ, text, UNKNOWN, VARCHAR } from './types.ts';
import type { Typed } from './types.ts';

export interface Place {
  statement: Statement;
  resolve: Resolver;
  /** Reads whole expressions otherwise: group keys and aggregates of a grouped query. */
  intercept?: (expr: Expr) => Typed | undefined;
  /** The windows of the WINDOW clause. */
  windows?: Map<string, WindowSpec>;
  /** What a column that `*` stands for is, where that is not the column itself. */
  ofField?: (field: Field, at: At) => Typed;
  /** Translates a subquery here: it sees this place's WITH queries and database. None where no subquery may stand. */
  subquery?: (query: Query, outer: Resolver) => QueryResult;
  /** What the place is called when an aggregate or window function must not stand there, e.g. `WHERE clause`. */
  noAggregates?: string;
  noWindows?: string;
}

/** Translates expressions at one place of a query. */
export class Expressions {
  readonly place: Place;
  private readonly variables: Map<string, Typed>;

  constructor(place: Place, variables = new Map<string, Typed>()) {
    this.place = place;
    this.variables = variables;
  }

  /** The same place inside a lambda. */
  within(parameters: Identifier[], values: Typed[]): Expressions {
    const variables = new Map(this.variables);
    parameters.forEach((parameter, i) => variables.set(parameter.name, values[i]!));
    return new Expressions({ ...this.place, noAggregates: 'lambda expression', noWindows: 'lambda expression' }, variables);
  }

  get inLambda(): boolean {
    return this.variables.size > 0;
  }

  translate(expr: Expr): Typed {
    const shadowed = expr.kind === 'name' && this.variables.has(expr.parts[0]!.name);
    const known = (shadowed ? undefined : this.place.intercept?.(expr)) ?? translateLiteral(expr);
    if (known) return known;
    switch (expr.kind) {
      case 'name':
        return this.name(expr.parts, expr);
      case 'parameter':
        return this.parameter(expr);
      case 'field':
        return this.field(this.translate(expr.base), expr.field);
      case 'subscript':
        return this.subscript(expr);
      case 'call':
        return callFunction(this, expr);
      case 'arithmetic':
        return arithmetic(expr.operator, this.translate(expr.left), this.translate(expr.right), expr);
      case 'concat':
        return callFunction(this, { kind: 'call', name: 'concat', args: [expr.left, expr.right], star: false, distinct: false, orderBy: [], line: expr.line, column: expr.column } satisfies Call);
      case 'negate':
        return this.negate(expr);
      case 'and':
      case 'or':
        return { sql: `(${this.condition(expr.left)} ${expr.kind.toUpperCase()} ${this.condition(expr.right)})`, type: BOOLEAN };
      case 'not':
        return { sql: `(NOT ${this.condition(expr.operand)})`, type: BOOLEAN };
      case 'comparison':
        return compare(expr.operator, this.translate(expr.left), this.translate(expr.right), expr);
      case 'isNull':
        return { sql: `(${this.translate(expr.operand).sql} IS ${expr.negated ? 'NOT ' : ''}NULL)`, type: BOOLEAN };
      case 'isDistinct':
        return distinctFrom(this.translate(expr.left), this.translate(expr.right), expr.negated, expr);
      case 'between':
        return this.between(expr);
      case 'in':
        return this.inList(expr);
      case 'like':
        return like(this, expr);
      case 'exists':
        return exists(this, expr);
      case 'subquery':
        return scalarQuery(this, expr.query);
      case 'inQuery':
        return inQuery(this, expr);
      case 'quantified':
        return quantified(this, expr);
      case 'case':
        return this.caseExpression(expr);
      case 'cast':
        return this.castExpression(expr);
      case 'extract':
        return callFunction(this, { kind: 'call', name: extractNames[expr.unit] ?? `extract ${expr.unit}`, args: [expr.operand], star: false, distinct: false, orderBy: [], line: expr.line, column: expr.column });
      case 'atTimeZone':
        return callFunction(this, { kind: 'call', name: 'at_timezone', args: [expr.operand, expr.zone], star: false, distinct: false, orderBy: [], line: expr.line, column: expr.column });
      case 'current':
        return this.current(expr);
      case 'array':
        return this.array(expr.items.map((item) => this.translate(item)), expr);
      case 'row': {
        const items = expr.items.map((item) => this.translate(item));
        const fields = items.map((item, i) => `${quote(fieldName(undefined, i))} := ${typedNull(item)}`);
        return { sql: `struct_pack(${fields.join(', ')})`, type: { kind: 'row', fields: items.map((item) => ({ type: item.type })) } };
      }
      case 'lambda':
        throw mismatch('Lambda expression should always be used inside a function', expr);
      default:
        throw new SqlError('NOT_SUPPORTED', `Expression ${expr.kind} is not supported`, expr);
    }
  }

  /** The SQL of an expression that must be boolean. */
  condition(expr: Expr, what = 'Logical expression term'): string {
    const value = this.translate(expr);
    if (value.type.kind !== 'boolean' && value.type.kind !== 'unknown') throw mismatch(`${what} must evaluate to a boolean: actual type is ${text(value.type)}`, expr);
    return value.type.kind === 'unknown' ? 'CAST(NULL AS BOOLEAN)' : value.sql;
  }

  private name(parts: Identifier[], at: Expr): Typed {
    const variable = this.variables.get(parts[0]!.name);
    const found = variable ? { value: variable, used: 1 } : this.place.resolve(parts);
    if (!found) throw columnNotFound(parts, at);
    return parts.slice(found.used).reduce((value, part) => this.field(value, part), found.value);
  }

  private field(base: Typed, field: Identifier): Typed {
    if (base.type.kind !== 'row') throw mismatch(`Expression ${field.text} is not of type ROW`, field);
    const index = base.type.fields.findIndex((f) => f.name === field.name);
    if (index < 0) throw new SqlError('COLUMN_NOT_FOUND', `Column '${field.text}' cannot be resolved`, field);
    return { sql: `struct_extract(${base.sql}, ${literal(fieldName(field.name, index))})`, type: base.type.fields[index]!.type };
  }

  private parameter(expr: Extract<Expr, { kind: 'parameter' }>): Typed {
    const given = this.place.statement.parameters;
    const value = given[expr.index];
    if (!value) throw new SqlError('INVALID_PARAMETER_USAGE', `Incorrect number of parameters: expected ${expr.index + 1} but found ${given.length}`, expr);
    return new Expressions({ statement: this.place.statement, resolve: () => undefined, noAggregates: 'parameter', noWindows: 'parameter' }).translate(value);
  }

  private subscript(expr: Extract<Expr, { kind: 'subscript' }>): Typed {
    const base = this.translate(expr.base);
    if (base.type.kind === 'row') {
      const index = expr.index.kind === 'integer' ? Number(expr.index.value) : 0;
      const field = base.type.fields[index - 1];
      if (!field) throw new SqlError('INVALID_FUNCTION_ARGUMENT', `Invalid subscript index: ${index}. ROW index must be a constant between 1 and ${base.type.fields.length}`, expr.index);
      return { sql: `struct_extract(${base.sql}, ${literal(fieldName(field.name, index - 1))})`, type: field.type };
    }
    const index = this.translate(expr.index);
    if (base.type.kind === 'array') {
      if (!coercibleTo(index, { kind: 'bigint' })) throw mismatch(`Cannot use ${text(index.type)} for subscript of ${text(base.type)}`, expr.index);
      const element = bind([base.sql, coerce(index, { kind: 'bigint' })], ([a, i]) => {
        const error = (message: string): string => fail('INVALID_FUNCTION_ARGUMENT', message, i);
        return `CASE WHEN ${a} IS NULL OR ${i} IS NULL THEN NULL WHEN ${i} = 0 THEN ${error('SQL array indices start at 1')} WHEN ${i} < 0 THEN ${error('Array subscript is negative')} WHEN ${i} > len(${a}) THEN ${error('Array subscript must be less than or equal to array length')} ELSE list_extract(${a}, ${i}) END`;
      });
      return { sql: element, type: base.type.element };
    }
    if (base.type.kind !== 'map') throw mismatch(`Cannot subscript ${text(base.type)}`, expr);
    if (!coercibleTo(index, base.type.key)) throw mismatch(`Cannot use ${text(index.type)} for subscript of ${text(base.type)}`, expr.index);
    const value = bind([base.sql, coerce(index, base.type.key)], ([m, k]) => {
      const error = fail('INVALID_FUNCTION_ARGUMENT', 'Key not present in map', k);
      return `CASE WHEN ${m} IS NULL OR ${k} IS NULL THEN NULL WHEN NOT map_contains(${m}, ${k}) THEN ${error} ELSE map_extract_value(${m}, ${k}) END`;
    });
    return { sql: value, type: base.type.value };
  }

  private negate(expr: Extract<Expr, { kind: 'negate' }>): Typed {
    const value = this.translate(expr.operand);
    const interval = value.type.kind.startsWith('interval');
    if (!isNumeric(value.type) && !interval && value.type.kind !== 'unknown') throw mismatch(`Cannot negate ${text(value.type)}`, expr);
    const constant = /^CAST\((\d[\d.eE+]*|'[\d.]+') AS ([^)]+(?:\(\d+,\d+\))?)\)$/.exec(value.sql);
    if (constant && isNumeric(value.type)) return { sql: `CAST(${constant[1]!.startsWith("'") ? `'-${constant[1]!.slice(1)}` : `-${constant[1]}`} AS ${constant[2]})`, type: value.type };
    return { sql: `(-${value.sql})`, type: value.type };
  }

  private between(expr: Extract<Expr, { kind: 'between' }>): Typed {
    const [value, low, high] = [this.translate(expr.operand), this.translate(expr.low), this.translate(expr.high)];
    const half = commonType(value.type, low.type);
    const type = half && commonType(half, high.type);
    if (!type) throw mismatch(`Cannot check if ${text(value.type)} is BETWEEN ${text(low.type)} and ${text(high.type)}`, expr);
    const sql = bind([coerce(value, type)], ([v]) => {
      const bound = { sql: v, type };
      return `(${compare('>=', bound, low, expr).sql} AND ${compare('<=', bound, high, expr).sql})`;
    });
    const plain = this.hasQuery(low) || this.hasQuery(high) ? `(${compare('>=', value, low, expr).sql} AND ${compare('<=', value, high, expr).sql})` : sql;
    return { sql: expr.negated ? `(NOT ${plain})` : plain, type: BOOLEAN };
  }

  /** Whether the SQL holds a subquery, which must not stand inside a lambda. */
  private hasQuery(value: Typed): boolean {
    return /\(SELECT /.test(value.sql);
  }

  private inList(expr: Extract<Expr, { kind: 'in' }>): Typed {
    const value = this.translate(expr.operand);
    const items = expr.values.map((item) => this.translate(item));
    const type = items.reduce<TrinoType | undefined>((common, item) => common && commonType(common, item.type), value.type);
    if (!type) throw mismatch(`IN value and list items must be the same type: ${text(value.type)}`, expr);
    checkComparable(type, expr);
    if (type.kind === 'array' || type.kind === 'row' || type.kind === 'timestamp with time zone') {
      const any = items.map((item) => compare('=', value, item, expr).sql).join(' OR ');
      return { sql: expr.negated ? `(NOT (${any}))` : `(${any})`, type: BOOLEAN };
    }
    const list = items.map((item) => typedNull(coerced(item, type))).join(', ');
    return { sql: `(${coerce(value, type)} ${expr.negated ? 'NOT ' : ''}IN (${list}))`, type: BOOLEAN };
  }

  private caseExpression(expr: Extract<Expr, { kind: 'case' }>): Typed {
    const results = [...expr.branches.map((branch) => branch.then), ...(expr.otherwise ? [expr.otherwise] : [])].map((branch) => this.translate(branch));
    const type = results.reduce<TrinoType>((common, result) => {
      const next = commonType(common, result.type);
      if (!next) throw mismatch(`All CASE results must be the same type or coercible to a common type. Cannot find common type between ${text(common)} and ${text(result.type)}, all types (without duplicates): [${[...new Set(results.map((r) => text(r.type)))].join(', ')}]`, expr);
      return next;
    }, UNKNOWN);
    const operand = expr.operand && this.translate(expr.operand);
    const branches = expr.branches.map((branch, i) => {
      const when = operand ? compare('=', operand, this.translate(branch.when), branch.when).sql : this.condition(branch.when, 'CASE WHEN clause');
      return `WHEN ${when} THEN ${typedNull(coerced(results[i]!, type))}`;
    });
    const last = expr.otherwise ? ` ELSE ${typedNull(coerced(results.at(-1)!, type))}` : '';
    return { sql: `CASE ${branches.join(' ')}${last} END`, type };
  }

  private castExpression(expr: Extract<Expr, { kind: 'cast' }>): Typed {
    const value = cast(this.translate(expr.operand), resolveType(expr.type), expr);
    // The operand's own errors are not TRY_CAST's to swallow, but none can arise from a plain column or constant.
    if (!expr.safe) return value;
    const operand = this.translate(expr.operand);
    return { sql: bind([operand.sql], ([v]) => `TRY(${cast({ sql: v, type: operand.type }, value.type, expr).sql})`), type: value.type };
  }

  private current(expr: Extract<Expr, { kind: 'current' }>): Typed {
    const now = this.place.statement.now;
    switch (expr.what) {
      case 'date':
        return { sql: `CAST(${now} AS DATE)`, type: DATE };
      case 'timestamp':
        return { sql: zonedAt(now, `'UTC'`), type: TIMESTAMP_TZ };
      case 'localtimestamp':
        return { sql: now, type: TIMESTAMP };
      case 'catalog':
        return { sql: literal(this.place.statement.catalog), type: VARCHAR };
      case 'schema':
        return { sql: this.place.statement.database === undefined ? 'CAST(NULL AS VARCHAR)' : literal(this.place.statement.database), type: VARCHAR };
      default:
        throw new SqlError('NOT_SUPPORTED', `${expr.what.startsWith('local') ? '' : 'CURRENT_'}${expr.what.toUpperCase()} is not supported`, expr);
    }
  }

  array(items: Typed[], at: Expr): Typed {
    const element = items.reduce<TrinoType>((common, item) => {
      const next = commonType(common, item.type);
      if (!next) throw mismatch(`All ARRAY elements must be the same type or coercible to a common type. Cannot find common type between ${text(common)} and ${text(item.type)}, all types (without duplicates): [${[...new Set(items.map((r) => text(r.type)))].join(', ')}]`, at);
      return next;
    }, UNKNOWN);
    const list = items.map((item) => typedNull(coerced(item, element))).join(', ');
    return { sql: items.length === 0 ? `CAST([] AS ${duckType(element)}[])` : `[${list}]`, type: { kind: 'array', element } };
  }
}

const extractNames: Record<string, string> = {
  year: 'year', quarter: 'quarter', month: 'month', week: 'week', day: 'day', day_of_month: 'day', day_of_week: 'day_of_week', dow: 'day_of_week', day_of_year: 'day_of_year',
  doy: 'day_of_year', year_of_week: 'year_of_week', yow: 'year_of_week', hour: 'hour', minute: 'minute', second: 'second', timezone_hour: 'timezone_hour', timezone_minute: 'timezone_minute',
};

/** A NULL literal with its type said, so that DuckDB does not choose one. */
export function typedNull(value: Typed): string {
  return value.sql === 'NULL' && value.type.kind !== 'unknown' ? `CAST(NULL AS ${duckType(value.type)})` : value.sql;
}

function coercibleTo(value: Typed, type: TrinoType): boolean {
  const common = commonType(value.type, type);
  return common !== undefined && text(common) === text(type);
}
