import { SqlError } from '../../../../../shared/sql/errors.ts';
import type { Call, Expr } from '../../../../../shared/sql/query/ast.ts';
import type { TrinoType } from '../../../../../shared/sql/hiveTypes.ts';
import { arithmetic } from '../arithmetic.ts';
import { bind } from '../bind.ts';
import { coerce, coerced } from '../casts.ts';
import { compare, groupKey } from '../comparisons.ts';
import { typedNull } from '../expressions.ts';
import type { Expressions } from '../expressions.ts';
import { fail } from '../fail.ts';
import { BIGINT, coercible, commonType, contains, DOUBLE, duckType, isFloating, isInteger, isNumeric, isOrderable, mismatch, text, UNKNOWN, VARCHAR } from '../types.ts';
import type { Typed } from '../types.ts';

type Special = (expressions: Expressions, call: Call) => Typed;

function wrongArguments(call: Call, given: Typed[]): SqlError {
  return new SqlError('FUNCTION_NOT_FOUND', `Unexpected parameters (${given.map((value) => text(value.type)).join(', ')}) for function ${call.name}`, call);
}

function translated(expressions: Expressions, call: Call, least: number, most: number): Typed[] {
  const given = call.args.map((arg) => expressions.translate(arg));
  if (given.length < least || given.length > most) throw wrongArguments(call, given);
  return given;
}

function common(values: Typed[], call: Call): TrinoType {
  return values.reduce<TrinoType>((type, value) => {
    const next = commonType(type, value.type);
    if (!next) throw mismatch(`All ${call.name.toUpperCase()} operands must be the same type or coercible to a common type. Cannot find common type between ${text(type)} and ${text(value.type)}, all types (without duplicates): [${[...new Set(values.map((one) => text(one.type)))].join(', ')}]`, call);
    return next;
  }, UNKNOWN);
}

const coalesce: Special = (expressions, call) => {
  const values = translated(expressions, call, 2, Infinity);
  const type = common(values, call);
  return { sql: `coalesce(${values.map((value) => typedNull(coerced(value, type))).join(', ')})`, type };
};

const nullif: Special = (expressions, call) => {
  const [first, second] = translated(expressions, call, 2, 2) as [Typed, Typed];
  return { sql: bind([typedNull(first)], ([value]) => `CASE WHEN ${compare('=', { sql: value, type: first.type }, second, call).sql} THEN NULL ELSE ${value} END`), type: first.type };
};

const iff: Special = (expressions, call) => {
  if (call.args.length < 2 || call.args.length > 3) throw new SqlError('SYNTAX_ERROR', "Invalid number of arguments for 'if' function", call);
  const condition = expressions.condition(call.args[0]!, 'IF condition');
  const results = call.args.slice(1).map((arg) => expressions.translate(arg));
  const type = common(results, call);
  const otherwise = results[1] ? ` ELSE ${typedNull(coerced(results[1], type))}` : '';
  return { sql: `CASE WHEN ${condition} THEN ${typedNull(coerced(results[0]!, type))}${otherwise} END`, type };
};

const tryCall: Special = (expressions, call) => {
  if (call.args.length !== 1) throw new SqlError('SYNTAX_ERROR', "The 'try' function must have exactly one argument", call);
  const value = expressions.translate(call.args[0]!);
  if (/\(SELECT /.test(value.sql)) throw new SqlError('NOT_SUPPORTED', 'TRY around a subquery is not supported', call);
  return { sql: `TRY(${typedNull(value)})`, type: value.type };
};

/** greatest and least: NULL if any argument is, where DuckDB would skip it. */
const extreme: Special = (expressions, call) => {
  const values = translated(expressions, call, 1, Infinity);
  const type = common(values, call);
  if (!isOrderable(type) || contains(type, 'row') || contains(type, 'array')) throw wrongArguments(call, values);
  const sqls = values.map((value) => typedNull(coerced(value, type)));
  const sign = call.name === 'greatest' ? '>' : '<';
  return {
    sql: bind(sqls, (names) => {
      const missing = names.map((name) => `${name} IS NULL`).join(' OR ');
      const nan = isFloating(type) ? ` WHEN ${names.map((name) => `isnan(${name})`).join(' OR ')} THEN CAST('NaN' AS ${duckType(type)})` : '';
      if (type.kind !== 'timestamp with time zone') return `CASE WHEN ${missing} THEN NULL${nan} ELSE ${call.name}(${names.join(', ')}) END`;
      const best = names.slice(1).reduce((winner, name) => `CASE WHEN ${groupKey({ sql: name, type })} ${sign} ${groupKey({ sql: winner, type })} THEN ${name} ELSE ${winner} END`, names[0]!);
      return `CASE WHEN ${missing} THEN NULL ELSE ${best} END`;
    }),
    type,
  };
};

const typeOf: Special = (expressions, call) => {
  const [value] = translated(expressions, call, 1, 1);
  return { sql: `'${text(value!.type).replaceAll("'", "''")}'`, type: VARCHAR };
};

const concat: Special = (expressions, call) => {
  const values = translated(expressions, call, 2, Infinity);
  const array = values.find((value) => value.type.kind === 'array');
  if (array) return concatArrays(values, call);
  const binary = values.some((value) => value.type.kind === 'varbinary');
  const type: TrinoType = binary ? { kind: 'varbinary' } : VARCHAR;
  if (!values.every((value) => coercible(value.type, type))) {
    if (call.args.length === 2 && values.length === 2) throw mismatchOr(call, values);
    throw wrongArguments(call, values);
  }
  return { sql: `(${values.map((value) => typedNull(coerced(value, type))).join(' || ')})`, type };
};

function mismatchOr(call: Call, values: Typed[]): SqlError {
  return new SqlError('FUNCTION_NOT_FOUND', `Unexpected parameters (${values.map((value) => text(value.type)).join(', ')}) for function concat. Expected: concat(char(x), char(y)), concat(array(E), E) E, concat(E, array(E)) E, concat(array(E)) E, concat(varchar), concat(varbinary)`, call);
}

function concatArrays(values: Typed[], call: Call): Typed {
  // Trino may take it for an element or for an array.
  if (values.some((value) => value.type.kind === 'unknown')) throw new SqlError('NOT_SUPPORTED', 'Concatenating an array with an untyped NULL is not supported; cast the NULL', call);
  const element = values.reduce<TrinoType>((type, value) => {
    const own = value.type.kind === 'array' ? value.type.element : value.type;
    const next = commonType(type, own);
    if (!next) throw wrongArguments(call, values);
    return next;
  }, UNKNOWN);
  const type: TrinoType = { kind: 'array', element };
  if (values.length > 2 && values.some((value) => value.type.kind !== 'array' && value.type.kind !== 'unknown')) throw wrongArguments(call, values);
  const lists = values.map((value) => (value.type.kind === 'array' ? coerce(value, type) : `[${typedNull(coerced(value, element))}]`));
  return { sql: bind(lists, (names) => `CASE WHEN ${names.map((name) => `${name} IS NULL`).join(' OR ')} THEN NULL ELSE ${names.reduce((left, right) => `list_concat(${left}, ${right})`)} END`), type };
}

function numeric(values: Typed[], call: Call): Typed {
  const [value] = values;
  if (value!.type.kind === 'unknown') return { sql: 'CAST(NULL AS DOUBLE)', type: DOUBLE };
  if (!isNumeric(value!.type)) throw wrongArguments(call, values);
  return value!;
}

const decimalOf = (precision: number, scale: number): TrinoType & { kind: 'decimal' } => ({ kind: 'decimal', precision: Math.min(38, Math.max(1, precision)), scale });

/** abs, ceil, floor, round, sign, truncate: the answer has the argument's kind; of a decimal, Trino's own precision and scale. */
const rounding: Special = (expressions, call) => {
  const two = call.name === 'round' || call.name === 'truncate';
  const values = translated(expressions, call, 1, two ? 2 : 1);
  const value = numeric(values, call);
  const digits = values[1];
  if (digits && !coercible(digits.type, BIGINT)) throw wrongArguments(call, values);
  const name = call.name === 'ceiling' ? 'ceil' : call.name;
  if (value.type.kind === 'decimal') return decimalRounding(name, value, digits);
  if (isInteger(value.type)) return integerRounding(name, value, digits);
  return floatRounding(name, value, digits);
};

function decimalRounding(name: string, value: Typed, digits: Typed | undefined): Typed {
  const { precision: p, scale: s } = value.type as TrinoType & { kind: 'decimal' };
  if (name === 'abs') return { sql: `abs(${value.sql})`, type: value.type };
  if (name === 'sign') return { sql: `CAST(sign(${value.sql}) AS DECIMAL(1,0))`, type: decimalOf(1, 0) };
  const type = digits ? (name === 'round' ? decimalOf(p + 1, s) : value.type) : name === 'truncate' ? decimalOf(p - s, 0) : decimalOf(p - s + Math.min(s, 1), 0);
  const scale = (type as { scale: number }).scale;
  const places = digits ? `CAST(${digits.sql} AS INTEGER)` : '0';
  return { sql: `CAST(trino_decimal_round(CAST(${value.sql} AS VARCHAR), ${places}, ${scale}, '${name}') AS ${duckType(type)})`, type };
}

function integerRounding(name: string, value: Typed, digits: Typed | undefined): Typed {
  const duck = duckType(value.type);
  if (name === 'abs') return { sql: bind([value.sql], ([v]) => `CASE WHEN ${v} < 0 THEN CAST(0 AS ${duck}) - ${v} ELSE ${v} END`), type: value.type };
  if (name === 'sign') return { sql: `CAST(sign(${value.sql}) AS ${duck})`, type: value.type };
  if (!digits) return value;
  const cut = bind([value.sql, coerce(digits, BIGINT)], ([v, n]) => `CASE WHEN ${n} >= 0 THEN ${v} ELSE CAST(trino_decimal_round(CAST(${v} AS VARCHAR), CAST(${n} AS INTEGER), 0, '${name}') AS ${duck}) END`);
  return { sql: cut, type: value.type };
}

function floatRounding(name: string, value: Typed, digits: Typed | undefined): Typed {
  const duck = duckType(value.type);
  const cast = (sql: string): Typed => ({ sql: `CAST(${sql} AS ${duck})`, type: value.type });
  if (name === 'truncate' && digits) {
    return cast(bind([value.sql, `pow(CAST(10 AS DOUBLE), ${coerce(digits, BIGINT)})`], ([v, f]) => `CASE WHEN isnan(${v}) OR isinf(${v}) THEN ${v} ELSE trunc(${v} * ${f}) / ${f} END`));
  }
  if (name === 'truncate') return cast(`trunc(${value.sql})`);
  if (name === 'sign') return cast(bind([value.sql], ([v]) => `CASE WHEN isnan(${v}) THEN ${v} ELSE sign(${v}) END`));
  if (name === 'round' && digits) {
    return cast(bind([value.sql, `pow(CAST(10 AS DOUBLE), ${coerce(digits, BIGINT)})`], ([v, f]) => `CASE WHEN isnan(${v}) OR isinf(${v}) OR isinf(${v} * ${f}) THEN ${v} WHEN ${v} < 0 THEN -(floor(-${v} * ${f} + 0.5) / ${f}) ELSE floor(${v} * ${f} + 0.5) / ${f} END`));
  }
  return cast(`${name}(${value.sql})`);
}

const mod: Special = (expressions, call) => {
  const [left, right] = translated(expressions, call, 2, 2) as [Typed, Typed];
  if (!isNumeric(left.type) || !isNumeric(right.type)) throw wrongArguments(call, [left, right]);
  return arithmetic('%', left, right, call);
};

const random: Special = (expressions, call) => {
  const values = translated(expressions, call, 0, 2);
  if (values.length === 0) return { sql: 'random()', type: DOUBLE };
  const type = common(values, call);
  if (!isInteger(type)) throw wrongArguments(call, values);
  const [from, to] = values.length === 2 ? [coerce(values[0]!, type), coerce(values[1]!, type)] : [`CAST(0 AS ${duckType(type)})`, coerce(values[0]!, type)];
  const refusal = values.length === 2 ? 'start value must be less than stop value' : 'bound must be positive';
  const sql = bind([from, to], ([low, high]) => `CASE WHEN ${high} <= ${low} THEN ${fail('INVALID_FUNCTION_ARGUMENT', refusal, high)} ELSE CAST(${low} + CAST(floor(random() * (${high} - ${low})) AS ${duckType(type)}) AS ${duckType(type)}) END`);
  return { sql, type };
};

type Lambda = Extract<Expr, { kind: 'lambda' }>;

function lambdaOf(call: Call, index: number, parameters: number): Lambda {
  const arg = call.args[index];
  if (arg?.kind !== 'lambda' || arg.parameters.length !== parameters) throw mismatch(`Function ${call.name} expects a lambda of ${parameters} parameter${parameters === 1 ? '' : 's'} as argument ${index + 1}`, arg ?? call);
  return arg;
}

/** DuckDB folds only into the element's own type; so state and element travel together as a struct. */
const reduce: Special = (expressions, call) => {
  if (call.args.length !== 4) throw wrongArguments(call, []);
  const [list, initial] = call.args.slice(0, 2).map((arg) => expressions.translate(arg)) as [Typed, Typed];
  if (list.type.kind !== 'array') throw wrongArguments(call, [list, initial]);
  const [input, output] = [lambdaOf(call, 2, 2), lambdaOf(call, 3, 1)];
  const alias = (): string => expressions.place.statement.alias('p');
  const step = (state: TrinoType): { typed: Typed; a: string; x: string } => {
    const [a, x] = [alias(), alias()];
    const element = (list.type as { element: TrinoType }).element;
    return { typed: expressions.within(input.parameters, [{ sql: `${a}.s`, type: state }, { sql: `${x}.t`, type: element }]).translate(input.body), a, x };
  };
  const first = step(initial.type);
  const state = commonType(initial.type, first.typed.type);
  if (!state) throw mismatch(`Lambda of reduce must return ${text(initial.type)} but returns ${text(first.typed.type)}`, input.body);
  const { typed, a, x } = step(state);
  if (!coercible(typed.type, state)) throw mismatch(`Lambda of reduce must return ${text(state)} but returns ${text(typed.type)}`, input.body);
  const element = duckType(list.type.element);
  const pack = (s: string, t: string): string => `struct_pack(s := CAST(${s} AS ${duckType(state)}), t := CAST(${t} AS ${element}))`;
  const items = `list_transform(${list.sql}, lambda e: ${pack('NULL', 'e')})`;
  const folded = `list_reduce(${items}, lambda ${a}, ${x}: ${pack(coerce(typed, state), `${x}.t`)}, ${pack(typedNull(coerced(initial, state)), 'NULL')})`;
  const last = alias();
  const result = expressions.within(output.parameters, [{ sql: `${last}.s`, type: state }]).translate(output.body);
  return { sql: `list_extract(list_transform([${folded}], lambda ${last}: CASE WHEN ${last} IS NOT NULL THEN ${typedNull(result)} END), 1)`, type: result.type };
};

const zipWith: Special = (expressions, call) => {
  if (call.args.length !== 3) throw wrongArguments(call, []);
  const [left, right] = call.args.slice(0, 2).map((arg) => expressions.translate(arg)) as [Typed, Typed];
  if (left.type.kind !== 'array' || right.type.kind !== 'array') throw wrongArguments(call, [left, right]);
  const lambda = lambdaOf(call, 2, 2);
  const z = expressions.place.statement.alias('p');
  const body = expressions.within(lambda.parameters, [{ sql: `struct_extract(${z}, 1)`, type: left.type.element }, { sql: `struct_extract(${z}, 2)`, type: right.type.element }]).translate(lambda.body);
  const sql = bind([left.sql, right.sql], ([l, r]) => `CASE WHEN ${l} IS NOT NULL AND ${r} IS NOT NULL THEN list_transform(list_zip(${l}, ${r}), lambda ${z}: ${typedNull(body)}) END`);
  return { sql, type: { kind: 'array', element: body.type } };
};

/** map_filter, transform_keys, transform_values: a lambda over the entries. */
const mapLambda: Special = (expressions, call) => {
  if (call.args.length !== 2) throw wrongArguments(call, []);
  const map = expressions.translate(call.args[0]!);
  if (map.type.kind !== 'map') throw wrongArguments(call, [map]);
  const lambda = lambdaOf(call, 1, 2);
  const e = expressions.place.statement.alias('p');
  const inner = expressions.within(lambda.parameters, [{ sql: `${e}.key`, type: map.type.key }, { sql: `${e}.value`, type: map.type.value }]);
  const entries = `map_entries(${map.sql})`;
  if (call.name === 'map_filter') return { sql: `map_from_entries(list_filter(${entries}, lambda ${e}: ${inner.condition(lambda.body, 'Lambda')}))`, type: map.type };
  const body = inner.translate(lambda.body);
  const [key, value] = call.name === 'transform_keys' ? [typedNull(body), `${e}.value`] : [`${e}.key`, typedNull(body)];
  const type: TrinoType = call.name === 'transform_keys' ? { kind: 'map', key: body.type, value: map.type.value } : { kind: 'map', key: map.type.key, value: body.type };
  return { sql: `map_from_entries(list_transform(${entries}, lambda ${e}: struct_pack(key := ${key}, value := ${value})))`, type };
};

/** Every argument travels as text with a letter for its kind. */
const format: Special = (expressions, call) => {
  const [pattern, ...values] = translated(expressions, call, 2, Infinity) as [Typed, ...Typed[]];
  if (pattern.type.kind !== 'varchar') throw wrongArguments(call, [pattern, ...values]);
  const kinds = values.map(({ type }) => (isInteger(type) ? 'd' : isFloating(type) ? 'f' : type.kind === 'decimal' ? 'n' : type.kind === 'boolean' ? 'b' : type.kind === 'varchar' || type.kind === 'unknown' ? 's' : undefined));
  const bad = kinds.findIndex((kind) => kind === undefined);
  if (bad >= 0) throw new SqlError('NOT_SUPPORTED', `format of a value of type ${text(values[bad]!.type)} is not supported`, call.args[bad + 1]!);
  return { sql: `trino_format(${pattern.sql}, '${kinds.join('')}', [${values.map((value) => `CAST(${value.sql} AS VARCHAR)`).join(', ')}])`, type: VARCHAR };
};

export const special: Record<string, Special | undefined> = {
  coalesce, nullif, if: iff, try: tryCall, greatest: extreme, least: extreme, typeof: typeOf, concat, format, mod, reduce,
  abs: rounding, ceil: rounding, ceiling: rounding, floor: rounding, round: rounding, sign: rounding, truncate: rounding,
  rand: random, random, zip_with: zipWith, map_filter: mapLambda, transform_keys: mapLambda, transform_values: mapLambda,
};
