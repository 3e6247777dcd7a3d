import { BIGINT, BLOB, BOOLEAN, DOUBLE, DuckDBBlobValue, DuckDBScalarFunction, INTEGER, LIST, listValue, VARCHAR } from '@duckdb/node-api';
import type { DuckDBConnection, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import * as formats from './udf/format.ts';
import * as hashes from './udf/hashes.ts';
import * as json from './udf/json.ts';
import * as numbers from './udf/numbers.ts';
import * as patterns from './udf/patterns.ts';
import * as regexp from './udf/regexp.ts';
import * as text from './udf/text.ts';
import * as times from './udf/timeText.ts';
import * as urls from './udf/urls.ts';
import * as zones from './udf/zones.ts';

/* A function of ours: `types -> type`, one letter each: s text, i integer, l bigint, d double, b boolean, x bytes, S list of text, T list of lists of text. */
type Letter = 's' | 'i' | 'l' | 'd' | 'b' | 'x' | 'S' | 'T';
const types: Record<Letter, DuckDBType> = { s: VARCHAR, i: INTEGER, l: BIGINT, d: DOUBLE, b: BOOLEAN, x: BLOB, S: LIST(VARCHAR), T: LIST(LIST(VARCHAR)) };

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the letters of the signature say what each function takes
type Body = (...args: any[]) => unknown;

const table: Record<string, [string, Body]> = {
  fail: ['ss-b', (message: string) => { throw new Error(message); }],
  cbrt: ['d-d', Math.cbrt],
  double_text: ['d-s', numbers.castDouble],
  real_text: ['d-s', numbers.castReal],
  java_double: ['d-s', numbers.javaDouble],
  java_real: ['d-s', numbers.javaFloat],
  parse_integer: ['ss-l', numbers.parseInteger],
  parse_floating: ['ss-d', numbers.parseFloating],
  parse_decimal: ['sii-s', numbers.parseDecimal],
  parse_boolean: ['s-b', numbers.parseBoolean],
  double_to_decimal: ['dii-s', numbers.doubleToDecimal],
  double_to_integer: ['ds-l', numbers.doubleToInteger],
  decimal_divide: ['ssi-s', numbers.decimalDivide],
  decimal_modulo: ['ssi-s', numbers.decimalModulo],
  decimal_round: ['siis-s', numbers.decimalRound],
  timestamp_text: ['li-s', times.timestampText],
  zoned_text: ['lsi-s', times.zonedText],
  day_second_text: ['l-s', times.daySecondText],
  year_month_text: ['i-s', times.yearMonthText],
  parse_timestamp: ['si-l', times.castTimestamp],
  parse_zoned: ['si-s', times.castZoned],
  parse_date: ['s-l', times.castDate],
  parse_time: ['si-l', times.castTime],
  parse_iso: ['s-s', times.parseIso],
  offset_text: ['ls-s', times.offsetText],
  round_micros: ['li-l', times.roundMicros],
  to_local: ['ls-l', zones.toLocal],
  to_utc: ['ls-l', zones.toUtc],
  zone_name: ['s-s', zones.zoneName],
  offset_minutes: ['ls-l', (micros: bigint, zone: string) => BigInt(zones.offsetAt(zone, Number(micros / 1000n)) / 60_000)],
  mysql_format: ['ls-s', patterns.mysqlFormat],
  mysql_parse: ['ss-l', patterns.mysqlParse],
  joda_format: ['lss-s', patterns.jodaFormat],
  joda_parse: ['ss-s', patterns.jodaParse],
  fit: ['si-s', text.fit],
  reverse: ['s-s', text.reverse],
  pad: ['slsb-s', text.pad],
  replace: ['sss-s', text.replace],
  strpos: ['ssl-l', text.strpos],
  split: ['ssl-S', text.split],
  split_part: ['ssl-s', text.splitPart],
  split_to_entries: ['sss-T', text.splitToEntries],
  levenshtein: ['ss-l', text.levenshtein],
  hamming: ['ss-l', text.hamming],
  codepoint: ['s-i', text.codepoint],
  chr: ['l-s', text.chr],
  like: ['sss-b', text.like],
  digest: ['sx-x', hashes.digest],
  hmac: ['sxx-x', hashes.hmac],
  crc32: ['x-l', hashes.crc],
  xxhash64: ['x-x', hashes.xxhash64],
  from_hex: ['s-x', hashes.fromHex],
  from_base64: ['sb-x', hashes.fromBase64],
  to_base64: ['xb-s', hashes.toBase64],
  from_utf8: ['x-s', (bytes: Uint8Array) => new TextDecoder().decode(bytes)],
  url_encode: ['s-s', urls.urlEncode],
  url_decode: ['s-s', urls.urlDecode],
  url_part: ['ss-s', urls.urlPart],
  url_parameter: ['ss-s', urls.urlParameter],
  to_base: ['ll-s', text.toBase],
  from_base: ['sl-l', text.fromBase],
  format: ['ssS-s', formats.format],
  regexp_like: ['ss-b', regexp.regexpLike],
  regexp_extract: ['ssl-s', regexp.regexpExtract],
  regexp_extract_all: ['ssl-S', regexp.regexpExtractAll],
  regexp_replace: ['sss-s', regexp.regexpReplace],
  regexp_split: ['ss-S', regexp.regexpSplit],
  regexp_count: ['ss-l', regexp.regexpCount],
  regexp_position: ['ssll-i', regexp.regexpPosition],
  json_parse: ['s-s', json.jsonParse],
  json_quote: ['s-s', json.jsonQuote],
  json_number: ['db-s', json.jsonNumber],
  json_extract: ['ss-s', json.jsonExtract],
  json_extract_scalar: ['ss-s', json.jsonExtractScalar],
  json_array_length: ['s-l', json.jsonArrayLength],
  json_array_get: ['sl-s', json.jsonArrayGet],
  json_array_contains: ['sss-b', json.jsonArrayContains],
  json_size: ['ss-l', json.jsonSize],
  is_json_scalar: ['s-b', json.isJsonScalar],
  json_scalar: ['ss-s', json.jsonScalar],
  json_elements: ['s-S', json.jsonElements],
  json_entries: ['s-T', json.jsonEntries],
  json_field: ['ssi-s', json.jsonField],
};

/**
 * Gives a DuckDB instance the functions that translated SQL calls (`trino_…`). Once per instance; any of its connections
 * may be given. The functions run in this process: the instance must be used through the asynchronous API only.
 */
export function installPrelude(connection: DuckDBConnection): void {
  for (const [name, [signature, body]] of Object.entries(table)) connection.registerScalarFunction(scalar(`trino_${name}`, signature, body));
}

function scalar(name: string, signature: string, body: Body): DuckDBScalarFunction {
  const [inputs = '', output = 's'] = signature.split('-') as [string, Letter];
  const width = inputs.length;
  return DuckDBScalarFunction.create({
    name,
    parameterTypes: [...inputs].map((letter) => types[letter as Letter]),
    returnType: types[output],
    mainFunction: (_info, input, result) => {
      const columns = Array.from({ length: width }, (_, i) => input.getColumnVector(i));
      const args: unknown[] = new Array(width);
      for (let row = 0; row < input.rowCount; row++) {
        let missing = false;
        for (let i = 0; i < width; i++) {
          const value = columns[i]!.getItem(row);
          if (value === null) missing = true;
          args[i] = inputs[i] === 'x' && value !== null ? (value as DuckDBBlobValue).bytes : inputs[i] === 'S' && value !== null ? (value as { items: unknown[] }).items : value;
        }
        result.setItem(row, missing ? null : encode(body(...args), output));
      }
      result.flush();
    },
  });
}

function encode(value: unknown, output: Letter): DuckDBValue {
  if (value === null || value === undefined) return null;
  if (output === 'x') return new DuckDBBlobValue(value as Uint8Array);
  if (output === 'S') return listValue(value as DuckDBValue[]);
  if (output === 'T') return listValue((value as DuckDBValue[][]).map((one) => listValue(one)));
  return value as DuckDBValue;
}
