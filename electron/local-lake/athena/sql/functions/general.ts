import { bind } from '../bind.ts';
import { fail } from '../fail.ts';
import { duckType } from '../types.ts';
import type { Implementation } from './call.ts';

const direct = (name: string): Implementation => (args) => `${name}(${args.join(', ')})`;
const udf = (name: string): Implementation => (args) => `trino_${name}(${args.join(', ')})`;

/** Math that answers NaN outside its domain, where DuckDB would fail. */
const guarded = (condition: (x: string) => string, otherwise: (x: string) => string, duck: string): Implementation => ([x]) => bind([x!], ([v]) => `CASE WHEN ${condition(v)} THEN ${otherwise(v)} ELSE ${duck}(${v}) END`);
const nan = (): string => `CAST('NaN' AS DOUBLE)`;
const logOf = (duck: string): Implementation => guarded((v) => `${v} <= 0`, (v) => `CASE WHEN ${v} = 0 THEN CAST('-Infinity' AS DOUBLE) ELSE CAST('NaN' AS DOUBLE) END`, duck);
const finite = (duck: string): Implementation => guarded((v) => `isinf(${v})`, nan, duck);

const shift = (duck: string): Implementation => ([value, by], { types }) => {
  const bits: Record<string, number> = { tinyint: 8, smallint: 16, integer: 32, bigint: 64 };
  const width = bits[types[0]!.kind] ?? 64;
  const type = duckType(types[0]!);
  return bind([value!, by!], ([v, n]) => {
    const wide = `CAST(${v} AS HUGEINT)`;
    const unsigned = `CASE WHEN ${v} < 0 THEN ${wide} + CAST('${2n ** BigInt(width)}' AS HUGEINT) ELSE ${wide} END`;
    const power = `CAST(pow(2, ${n}) AS HUGEINT)`;
    const modulus = `CAST('${2n ** BigInt(width)}' AS HUGEINT)`;
    const half = `CAST('${2n ** BigInt(width - 1)}' AS HUGEINT)`;
    const wrap = (u: string): string => bind([u], ([x]) => `CAST(CASE WHEN ${x} >= ${half} THEN ${x} - ${modulus} ELSE ${x} END AS ${type})`);
    // The bits that fall off on the left are taken away before the shift, so that nothing overflows.
    if (duck === 'left') return `CASE WHEN ${n} >= ${width} THEN CAST(0 AS ${type}) ELSE ${wrap(`(((${unsigned}) % CAST(pow(2, ${width} - ${n}) AS HUGEINT)) * ${power})`)} END`;
    if (duck === 'right') return `CASE WHEN ${n} >= ${width} THEN CAST(0 AS ${type}) ELSE ${wrap(`((${unsigned}) // ${power})`)} END`;
    return `CASE WHEN ${n} >= ${width} THEN CAST(CASE WHEN ${v} < 0 THEN -1 ELSE 0 END AS ${type}) ELSE CAST(CASE WHEN ${v} < 0 THEN (${wide} - ${power} + 1) // ${power} ELSE ${wide} // ${power} END AS ${type}) END`;
  });
};

const widthBucket: Implementation = ([x, low, high, count]) => {
  if (high === undefined) {
    return bind([x!, low!], ([v, bins]) => `CASE WHEN len(${bins}) = 0 THEN ${fail('INVALID_FUNCTION_ARGUMENT', 'Bins cannot be an empty array', v)} ELSE CAST(len(list_filter(${bins}, lambda b: b <= ${v})) AS BIGINT) END`);
  }
  return bind([x!, low!, high, count!], ([v, l, h, n]) => {
    const error = (message: string): string => fail('INVALID_FUNCTION_ARGUMENT', message, n);
    const up = `CASE WHEN ${v} < ${l} THEN 0 WHEN ${v} >= ${h} THEN ${n} + 1 ELSE CAST(floor(${n} * (${v} - ${l}) / (${h} - ${l})) AS BIGINT) + 1 END`;
    const down = `CASE WHEN ${v} > ${l} THEN 0 WHEN ${v} <= ${h} THEN ${n} + 1 ELSE CAST(floor(${n} * (${l} - ${v}) / (${l} - ${h})) AS BIGINT) + 1 END`;
    return `CASE WHEN ${n} <= 0 THEN ${error('bucketCount must be greater than 0')} WHEN ${l} = ${h} THEN ${error('bounds cannot equal each other')} WHEN ${l} < ${h} THEN ${up} ELSE ${down} END`;
  });
};

export const maths: Record<string, Implementation> = {
  acos: guarded((v) => `abs(${v}) > 1`, nan, 'acos'),
  asin: guarded((v) => `abs(${v}) > 1`, nan, 'asin'),
  atan: direct('atan'),
  atan2: direct('atan2'),
  bit_count: ([value, bits]) =>
    bind([value!, bits!], ([v, b]) => {
      const low = `-CAST(pow(2, ${b} - 1) AS HUGEINT)`;
      const error = (message: string): string => fail('INVALID_FUNCTION_ARGUMENT', message, v);
      const count = `CAST(bit_count(CASE WHEN ${v} < 0 AND ${b} < 64 THEN CAST(${v} + CAST(pow(2, ${b}) AS HUGEINT) AS BIGINT) ELSE ${v} END) AS BIGINT)`;
      return `CASE WHEN ${b} < 2 OR ${b} > 64 THEN ${error('Bits specified in bit_count must be between 2 and 64')} WHEN ${v} < ${low} OR ${v} >= CAST(pow(2, ${b} - 1) AS HUGEINT) THEN ${error('Number must be representable with the bits specified')} ELSE ${count} END`;
    }),
  bitwise_and: ([a, b]) => `(${a} & ${b})`,
  bitwise_or: ([a, b]) => `(${a} | ${b})`,
  bitwise_xor: ([a, b]) => `xor(${a}, ${b})`,
  bitwise_not: ([a]) => `(~${a})`,
  bitwise_left_shift: shift('left'),
  bitwise_right_shift: shift('right'),
  bitwise_right_shift_arithmetic: shift('arithmetic'),
  cbrt: udf('cbrt'),
  cos: finite('cos'),
  cosh: direct('cosh'),
  degrees: direct('degrees'),
  e: () => 'CAST(2.718281828459045 AS DOUBLE)',
  exp: direct('exp'),
  from_base: udf('from_base'),
  infinity: () => `CAST('Infinity' AS DOUBLE)`,
  is_finite: direct('isfinite'),
  is_infinite: direct('isinf'),
  is_nan: direct('isnan'),
  ln: logOf('ln'),
  log: ([base, x]) => bind([base!, x!], ([b, v]) => `(${logOf('ln')([v], undefined as never)} / ${logOf('ln')([b], undefined as never)})`),
  log10: logOf('log10'),
  log2: logOf('log2'),
  nan: () => `CAST('NaN' AS DOUBLE)`,
  pi: () => 'CAST(3.141592653589793 AS DOUBLE)',
  pow: direct('pow'),
  power: direct('pow'),
  radians: direct('radians'),
  sin: finite('sin'),
  sinh: direct('sinh'),
  sqrt: guarded((v) => `${v} < 0`, nan, 'sqrt'),
  tan: finite('tan'),
  tanh: direct('tanh'),
  to_base: udf('to_base'),
  uuid: () => 'gen_random_uuid()',
  width_bucket: widthBucket,
};

export const jsons: Record<string, Implementation> = {
  is_json_scalar: udf('is_json_scalar'),
  json_array_contains: ([text, value], { types }) => `trino_json_array_contains(${text}, CAST(${value} AS VARCHAR), '${types[1]!.kind}')`,
  json_array_get: udf('json_array_get'),
  json_array_length: udf('json_array_length'),
  json_extract: udf('json_extract'),
  json_extract_scalar: udf('json_extract_scalar'),
  json_format: ([value]) => value!,
  json_parse: udf('json_parse'),
  json_size: udf('json_size'),
};
