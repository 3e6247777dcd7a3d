import { SqlError } from '../../../../../shared/sql/errors.ts';
import { functionNamed } from '../../../../../shared/sql/functions.ts';
import type { Call } from '../../../../../shared/sql/query/ast.ts';
import type { TrinoType } from '../../../../../shared/sql/hiveTypes.ts';
import { bind } from '../bind.ts';
import type { Expressions } from '../expressions.ts';
import { checkComparable } from '../comparisons.ts';
import { checkDistinct, sortKey } from '../query.ts';
import { contains, duckType, isOrderable, mismatch, text } from '../types.ts';
import type { Typed } from '../types.ts';
import { bindArguments } from './call.ts';

/** What an aggregate is made of: `core` turns DuckDB's call into the whole, with FILTER and OVER in place. */
export interface Parts {
  type: TrinoType;
  build: (core: (call: string) => string) => string;
}

/** `name(args) [FILTER …]` as an aggregate of a grouped query. */
export function aggregate(expressions: Expressions, call: Call): Typed {
  const { type, build } = aggregateParts(expressions, call);
  const filter = call.filter ? ` FILTER (WHERE ${expressions.condition(call.filter, 'FILTER expression')})` : '';
  return { sql: build((core) => core + filter), type };
}

const ordered = new Set(['array_agg', 'listagg', 'arbitrary', 'any_value', 'map_agg', 'multimap_agg']);
const direct: Record<string, string> = { bool_and: 'bool_and', every: 'bool_and', bool_or: 'bool_or', corr: 'corr', covar_pop: 'covar_pop', covar_samp: 'covar_samp', regr_slope: 'regr_slope', regr_intercept: 'regr_intercept', stddev: 'stddev_samp', stddev_samp: 'stddev_samp', stddev_pop: 'stddev_pop', variance: 'var_samp', var_samp: 'var_samp', var_pop: 'var_pop', bitwise_and_agg: 'bit_and', bitwise_or_agg: 'bit_or' };

export function aggregateParts(expressions: Expressions, call: Call): Parts {
  const known = functionNamed(call.name)!;
  if (call.star) {
    if (call.name !== 'count') throw new SqlError('FUNCTION_NOT_FOUND', `Unexpected parameters (*) for function ${call.name}`, call);
    return { type: { kind: 'bigint' }, build: (core) => core('count(*)') };
  }
  const signatures = call.name === 'listagg' && call.args.length === 1 ? ['(varchar) -> varchar'] : known.signatures;
  const { args, types, result } = bindArguments(expressions, call, signatures);
  if (call.distinct) for (const type of types) checkDistinct(type, call);
  if (call.orderBy.length > 0 && !ordered.has(call.name)) throw new SqlError('NOT_SUPPORTED', `ORDER BY in ${call.name} is not supported`, call);
  const order = call.orderBy.length > 0 ? ` ORDER BY ${call.orderBy.map((item) => sortKey(expressions.translate(item.expr), item)).join(', ')}` : '';
  const inside = (list: string): string => `${call.distinct ? 'DISTINCT ' : ''}${list}${order}`;
  return { type: resultType(call, types, result), build: (core) => build(call, args, types, inside, core) };
}

function resultType(call: Call, types: TrinoType[], result: TrinoType): TrinoType {
  const [first] = types;
  if (call.name === 'sum' && first?.kind === 'decimal') return { kind: 'decimal', precision: 38, scale: first.scale };
  if (['min', 'max'].includes(call.name) && first && !isOrderable(first)) throw mismatch(`Unexpected parameters (${text(first)}) for function ${call.name}. Expected: ${call.name}(T) T:orderable`, call);
  return result;
}

function build(call: Call, args: string[], types: TrinoType[], inside: (list: string) => string, core: (call: string) => string): string {
  const [first = '', second = ''] = args;
  const plain = direct[call.name];
  if (plain) return core(`${plain}(${inside(args.join(', '))})`);
  switch (call.name) {
    case 'count':
      return args.length === 0 ? core('count(*)') : core(`count(${inside(first)})`);
    case 'count_if':
      return core(`count(CASE WHEN ${first} THEN 1 END)`);
    case 'approx_distinct':
      checkDistinct(types[0]!, call);
      return core(`count(DISTINCT ${first})`);
    case 'sum':
      return `CAST(${core(`sum(${inside(first)})`)} AS ${duckType(types[0]!.kind === 'decimal' ? { ...types[0]!, precision: 38 } : types[0]!)})`;
    case 'avg':
      return average(first, types[0]!, inside, core);
    case 'min':
    case 'max':
      return core(`${call.name}(${inside(args.join(', '))})`);
    case 'min_by':
    case 'max_by':
      checkComparable(types[1]!, call);
      return core(`arg_${call.name.slice(0, 3)}${args.length === 2 ? '_null' : ''}(${args.join(', ')})`);
    case 'arbitrary':
    case 'any_value':
      return core(`any_value(${inside(first)})`);
    case 'array_agg':
      return core(`list(${inside(first)})`);
    case 'listagg':
      return core(`string_agg(${inside(`${first}, ${second || "''"}`)})`);
    case 'approx_percentile':
      return core(`quantile_disc(${first}, ${second})`);
    case 'geometric_mean':
      return `exp(${core(`avg(${inside(`ln(${first})`)})`)})`;
    case 'histogram':
      checkDistinct(types[0]!, call);
      return `CAST(${core(`histogram(${first})`)} AS MAP(${duckType(types[0]!)}, BIGINT))`;
    case 'map_agg':
      return mapOf(core(`list(${inside(`CASE WHEN ${first} IS NOT NULL THEN struct_pack(key := ${first}, value := ${second}) END`)})`), types[0]!, call);
    default:
      throw new SqlError('NOT_SUPPORTED', `Aggregate function '${call.name}' is not supported`, call);
  }
}

/** Of equal keys the first entry stays; entries without a key are left out. */
function mapOf(list: string, key: TrinoType, call: Call): string {
  if (contains(key, 'map')) throw new SqlError('NOT_SUPPORTED', `map_agg with keys of type ${text(key)} is not supported`, call);
  return bind([`list_filter(${list}, lambda e: e IS NOT NULL)`], ([l]) => bind([`list_transform(${l}, lambda e: e.key)`], ([keys]) => `map_from_entries(list_filter(${l}, lambda e, i: list_position(${keys}, e.key) = i))`));
}

function average(value: string, type: TrinoType, inside: (list: string) => string, core: (call: string) => string): string {
  if (type.kind === 'decimal') {
    return `CAST(trino_decimal_divide(CAST(${core(`sum(${inside(value)})`)} AS VARCHAR), CAST(nullif(${core(`count(${inside(value)})`)}, 0) AS VARCHAR), ${type.scale}) AS ${duckType(type)})`;
  }
  return `CAST(${core(`avg(${inside(value)})`)} AS ${duckType(type)})`;
}
