import { classify } from './classify.ts';
import { tokenize } from './lexer.ts';

/**
 * Functions of Redshift known to change nothing and to call nobody. Any other name that is called may be a user's function
 * (of SQL, Python or Lambda) or act on sessions, so it proves nothing.
 */
const PURE = new Set(
  `abs acos ascii asin atan atan2 avg bit_and bit_or bool_and bool_or btrim cast cbrt ceil ceiling char_length character_length charindex chr coalesce concat convert convert_timezone cos cot count
  count_distinct crc32 cume_dist current_date current_database current_schema current_user date date_add date_cmp date_diff date_part date_trunc dateadd datediff datepart decode degrees dense_rank dexp dlog1 dlog10 exists exp extract
  first_value floor func_sha1 getdate greatest hex initcap instr is_valid_json is_valid_json_array isnull json_array_length json_extract_array_element_text json_extract_path_text json_parse json_serialize json_typeof
  lag last_day last_value lead least left len length listagg ln log lower lpad ltrim max md5 median min mod months_between next_day now nth_value ntile nullif nvl nvl2 octet_length over percent_rank percentile_cont percentile_disc
  pi position pow power quote_ident quote_literal radians random rank ratio_to_report regexp_count regexp_instr regexp_replace regexp_substr repeat replace reverse right round row_number rpad rtrim sha sha1 sha2 sign sin split_part
  split_to_array sqrt stddev stddev_pop stddev_samp strpos strtol substr substring subarray sum sysdate tan textlen timeofday to_char to_date to_hex to_number to_timestamp translate trim trunc try_cast upper user var_pop var_samp variance
  version width_bucket as in and or not on using values where when then else by from join select with filter within group having any some all between like ilike union except intersect interval decimal numeric varchar char character timestamp time
  limit offset`.split(/\s+/),
);

/**
 * Whether a statement is proven to be a read on Redshift, whose strings take backslashes as escapes and whose parser is not
 * ours: a text with anything the two could read differently proves nothing.
 */
export function isRedshiftRead(sql: string): boolean {
  if (/[\\$]/.test(sql)) return false;
  const { kind, isRead } = classify(sql);
  if (kind !== 'query' || !isRead) return false;
  const tokens = tokenize(sql, 'trino');
  return tokens.every((token, at) => {
    const next = tokens[at + 1];
    const isCalled = next?.kind === 'op' && next.value === '(';
    // `count (…)`, `"count"(…)`, `schema.f(…)`; a table's alias with columns is not proven either.
    if (!isCalled || (token.kind !== 'word' && token.kind !== 'quoted')) return true;
    const before = tokens[at - 1];
    const isQualified = before?.kind === 'op' && before.value === '.';
    return !isQualified && token.kind === 'word' && PURE.has(token.value.toLowerCase());
  });
}
