import { bind } from '../bind.ts';
import type { Implementation } from './call.ts';

/** What Trino's trim takes for white space. */
const spaces = `' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(28) || chr(29) || chr(30) || chr(31) || chr(5760) || chr(8192) || chr(8193) || chr(8194) || chr(8195) || chr(8196) || chr(8197) || chr(8198) || chr(8200) || chr(8201) || chr(8202) || chr(8232) || chr(8233) || chr(8287) || chr(12288)`;
const trim = (duck: string): Implementation => (args) => `${duck}(${args[0]}, ${args[1] ?? `(${spaces})`})`;
const udf = (name: string, ...more: string[]): Implementation => (args) => `trino_${name}(${[...args, ...more].join(', ')})`;
const digest = (algorithm: string): Implementation => ([bytes]) => `trino_digest('${algorithm}', ${bytes})`;
const hmac = (algorithm: string): Implementation => ([bytes, key]) => `trino_hmac('${algorithm}', ${bytes}, ${key})`;
const part = (name: string): Implementation => ([url]) => `trino_url_part(${url}, '${name}')`;
const big = (value: number): string => `CAST(${value} AS BIGINT)`;
const positive = /^CAST\(CAST\(([1-9]\d*) AS INTEGER\) AS BIGINT\)$/;

const substring: Implementation = ([text, start, length]) => {
  if (length === undefined && positive.test(start!)) return `substring(${text}, ${start})`;
  return bind([text!, start!, length ?? big(0)], ([t, s, n]) => {
    const empty = `${s} = 0 OR abs(${s}) > length(${t})${length === undefined ? '' : ` OR ${n} <= 0`}`;
    const missing = `${t} IS NULL OR ${s} IS NULL${length === undefined ? '' : ` OR ${n} IS NULL`}`;
    const cut = length === undefined ? `substring(${t}, ${s})` : `substring(${t}, ${s}, least(${n}, length(${t})))`;
    return `CASE WHEN ${missing} THEN NULL WHEN ${empty} THEN '' ELSE ${cut} END`;
  });
};

export const strings: Record<string, Implementation> = {
  chr: udf('chr'),
  codepoint: udf('codepoint'),
  concat_ws: ([separator, ...parts], { types }) => bind([separator!], ([s]) => (types[1]?.kind === 'array' ? `CASE WHEN ${s} IS NULL OR ${parts[0]} IS NULL THEN NULL ELSE coalesce(array_to_string(${parts[0]}, ${s}), '') END` : `CASE WHEN ${s} IS NOT NULL THEN concat_ws(${s}, ${parts.join(', ')}) END`)),
  from_utf8: udf('from_utf8'),
  hamming_distance: udf('hamming'),
  length: ([value], { types }) => (types[0]?.kind === 'varbinary' ? `octet_length(${value})` : `length(${value})`),
  levenshtein_distance: udf('levenshtein'),
  lower: ([text]) => `lower(${text})`,
  upper: ([text]) => `upper(${text})`,
  lpad: udf('pad', 'true'),
  rpad: udf('pad', 'false'),
  ltrim: trim('ltrim'),
  rtrim: trim('rtrim'),
  trim: trim('trim'),
  regexp_count: udf('regexp_count'),
  regexp_extract: ([text, pattern, group]) => `trino_regexp_extract(${text}, ${pattern}, ${group ?? big(0)})`,
  regexp_extract_all: ([text, pattern, group]) => `trino_regexp_extract_all(${text}, ${pattern}, ${group ?? big(0)})`,
  regexp_like: udf('regexp_like'),
  regexp_position: ([text, pattern, start, occurrence]) => `trino_regexp_position(${text}, ${pattern}, ${start ?? big(1)}, ${occurrence ?? big(1)})`,
  regexp_replace: ([text, pattern, by]) => `trino_regexp_replace(${text}, ${pattern}, ${by ?? "''"})`,
  regexp_split: udf('regexp_split'),
  replace: ([text, search, by]) => (/^'(?:[^']|'')+'$/.test(search!) ? `replace(${text}, ${search}, ${by ?? "''"})` : `trino_replace(${text}, ${search}, ${by ?? "''"})`),
  reverse: ([value], { types }) => (types[0]?.kind === 'array' ? `list_reverse(${value})` : `trino_reverse(${value})`),
  split: ([text, delimiter, limit]) => (limit === undefined && /^'(?:[^']|'')+'$/.test(delimiter!) ? `string_split(${text}, ${delimiter})` : `trino_split(${text}, ${delimiter}, ${limit ?? big(2147483647)})`),
  split_part: udf('split_part'),
  split_to_map: (args) => `map_from_entries(list_transform(trino_split_to_entries(${args.join(', ')}), lambda e: struct_pack(key := list_extract(e, 1), value := list_extract(e, 2))))`,
  starts_with: ([text, prefix]) => `starts_with(${text}, ${prefix})`,
  strpos: ([text, search, instance]) => (instance === undefined && /^'(?:[^']|'')+'$/.test(search!) ? `strpos(${text}, ${search})` : `trino_strpos(${text}, ${search}, ${instance ?? big(1)})`),
  substr: substring,
  substring,
  to_utf8: ([text]) => `encode(${text})`,
  translate: ([text, from, to]) => `translate(${text}, ${from}, ${to})`,
  crc32: udf('crc32'),
  from_base64: udf('from_base64', 'false'),
  from_base64url: udf('from_base64', 'true'),
  from_hex: udf('from_hex'),
  to_base64: udf('to_base64', 'false'),
  to_base64url: udf('to_base64', 'true'),
  to_hex: ([bytes]) => `hex(${bytes})`,
  md5: digest('md5'),
  sha1: digest('sha1'),
  sha256: digest('sha256'),
  sha512: digest('sha512'),
  hmac_md5: hmac('md5'),
  hmac_sha1: hmac('sha1'),
  hmac_sha256: hmac('sha256'),
  hmac_sha512: hmac('sha512'),
  xxhash64: udf('xxhash64'),
  url_decode: udf('url_decode'),
  url_encode: udf('url_encode'),
  url_extract_fragment: part('fragment'),
  url_extract_host: part('host'),
  url_extract_parameter: udf('url_parameter'),
  url_extract_path: part('path'),
  url_extract_port: ([url]) => `CAST(trino_url_part(${url}, 'port') AS BIGINT)`,
  url_extract_protocol: part('protocol'),
  url_extract_query: part('query'),
};

