import { SqlError } from '../../../../../shared/sql/errors.ts';
import { functionNamed } from '../../../../../shared/sql/functions.ts';
import type { Call, Expr, TypeName } from '../../../../../shared/sql/query/ast.ts';
import type { TrinoType } from '../../../../../shared/sql/hiveTypes.ts';
import { coerced } from '../casts.ts';
import { typedNull } from '../expressions.ts';
import type { Expressions } from '../expressions.ts';
import { mismatch, text } from '../types.ts';
import type { Typed } from '../types.ts';
import { implementations } from './implementations.ts';
import { isFunction, needsCoercion, resolved, signature, unify } from './signature.ts';
import type { Variables } from './signature.ts';
import { special } from './special.ts';
import { windowCall } from './windows.ts';

export function isAggregate(call: Call): boolean {
  return functionNamed(call.name)?.kind === 'aggregate' || call.name === 'grouping';
}

/** What an implementation is told beside the SQL of its arguments. */
export interface Bound {
  /** The arguments' types after coercion. */
  types: TrinoType[];
  result: TrinoType;
  call: Call;
  /** The `TIMESTAMP` of the query's start. */
  now: string;
}

export type Implementation = (args: string[], bound: Bound) => string;

/** Translates a call of any kind. A function that is not on the list of `shared/sql/functions.ts` fails by name. */
export function callFunction(expressions: Expressions, call: Call): Typed {
  const known = functionNamed(call.name);
  if (!known) throw notFound(call);
  const { place } = expressions;
  if (call.over) {
    if (place.noWindows) throw new SqlError('EXPRESSION_NOT_SCALAR', `${place.noWindows} cannot contain aggregations, window functions or grouping operations: [${call.name}]`, call);
    if (known.kind === 'scalar') throw new SqlError('FUNCTION_NOT_FOUND', `Not a window function: ${call.name}`, call);
    return windowCall(expressions, call);
  }
  if (known.kind === 'window') throw new SqlError('MISSING_OVER', `Window function ${call.name} requires an OVER clause`, call);
  if (known.kind === 'aggregate') {
    throw new SqlError('EXPRESSION_NOT_SCALAR', `${place.noAggregates ?? 'Expression'} cannot contain aggregations, window functions or grouping operations: [${call.name}]`, call);
  }
  if (call.star || call.distinct || call.orderBy.length > 0 || call.filter || call.ignoreNulls !== undefined) {
    throw new SqlError('FUNCTION_NOT_FOUND', `DISTINCT, ORDER BY, FILTER, IGNORE NULLS and * are not supported for scalar function ${call.name}`, call);
  }
  const own = special[call.name];
  if (own) return own(expressions, call);
  const implementation = implementations[call.name];
  if (!implementation) throw new SqlError('NOT_SUPPORTED', `Function '${call.name}' is not supported`, call);
  const { args, types, result } = bindArguments(expressions, call, known.signatures);
  return { sql: implementation(args, { types, result, call, now: place.statement.now }), type: result };
}

function notFound(call: Call): SqlError {
  return new SqlError('FUNCTION_NOT_FOUND', `Function '${call.name}' not registered`, call);
}

/** Chooses the signature that needs the fewest coercions and gives the arguments as it wants them. */
export function bindArguments(expressions: Expressions, call: Call, signatures: string[]): { args: string[]; types: TrinoType[]; result: TrinoType; chosen: number } {
  const given = call.args.map((arg) => (arg.kind === 'lambda' ? undefined : expressions.translate(arg)));
  let best: { cost: number; chosen: number; patterns: TypeName[]; variables: Variables } | undefined;
  for (const [chosen, one] of signatures.entries()) {
    const { parameters, varargs } = signature(one);
    const patterns = varargs && call.args.length > parameters.length ? [...parameters, ...Array<TypeName>(call.args.length - parameters.length).fill(parameters.at(-1)!)] : parameters;
    if (patterns.length !== call.args.length) continue;
    const variables: Variables = new Map();
    const fits = patterns.every((pattern, i) => {
      const value = given[i];
      return value ? !isFunction(pattern) && unify(pattern, value.type, variables) : isFunction(pattern);
    });
    if (!fits) continue;
    const cost = patterns.filter((pattern, i) => given[i] && needsCoercion(given[i].type, resolved(pattern, variables, given[i].type))).length;
    if (!best || cost < best.cost) best = { cost, chosen, patterns, variables };
  }
  if (!best) throw unexpected(call, given, signatures);
  const { patterns, variables, chosen } = best;
  const types: TrinoType[] = [];
  const lambdas = new Map<number, string>();
  patterns.forEach((pattern, i) => {
    const value = given[i];
    if (!value) lambdas.set(i, lambda(expressions, call.args[i]! as Extract<Expr, { kind: 'lambda' }>, pattern, variables));
  });
  const args = patterns.map((pattern, i) => {
    const value = given[i];
    if (!value) {
      types.push({ kind: 'unknown' });
      return lambdas.get(i)!;
    }
    const type = resolved(pattern, variables, value.type);
    types.push(type);
    return typedNull(coerced(value, type));
  });
  const actual = types.find((type) => type.kind === 'timestamp' || type.kind === 'timestamp with time zone' || type.kind === 'decimal');
  return { args, types, result: resolved(signature(signatures[chosen]!).result, variables, actual), chosen };
}

function unexpected(call: Call, given: (Typed | undefined)[], signatures: string[]): SqlError {
  const types = given.map((value, i) => (value ? text(value.type) : `function(${(call.args[i] as { parameters: unknown[] }).parameters.map(() => 'unknown').join(',')})`));
  const expected = signatures.map((one) => call.name + one.split(' -> ')[0]!.replace(/\b([a-z])\b/g, (_all, letter: string) => letter.toUpperCase())).join(', ');
  return new SqlError('FUNCTION_NOT_FOUND', `Unexpected parameters (${types.join(', ')}) for function ${call.name}. Expected: ${expected}`, call);
}

/** DuckDB's lambda for Trino's, its parameters typed by the variables bound so far; binds what its result is. */
function lambda(expressions: Expressions, expr: Extract<Expr, { kind: 'lambda' }>, pattern: TypeName, variables: Variables): string {
  const inputs = pattern.arguments.slice(0, -1);
  const output = pattern.arguments.at(-1)!;
  if (inputs.length !== expr.parameters.length) throw mismatch(`Unexpected number of lambda parameters: expected ${inputs.length} but found ${expr.parameters.length}`, expr);
  const names = expr.parameters.map(() => expressions.place.statement.alias('p'));
  const values = inputs.map((input, i) => ({ sql: names[i]!, type: resolved(input, variables) }));
  const body = expressions.within(expr.parameters, values).translate(expr.body);
  if (!unify(output, body.type, variables)) throw mismatch(`Lambda result must be ${output.name} but is ${text(body.type)}`, expr.body);
  const type = resolved(output, variables, body.type);
  return `lambda ${names.join(', ')}: ${typedNull(coerced(body, type))}`;
}
