import { fails, many, one, value } from './case.ts';
import type { Case } from './case.ts';

const FOX = "to_utf8('The quick brown fox jumps over the lazy dog')";
const KEY = "to_utf8('key')";
/** To twelve digits: the last bit of a transcendental function is the library's own affair. */
const rounded = (call: string, shown: string): Case => value(`round(${call}, 12)`, 'double', shown);
const points = '(VALUES (1e0, 2e0), (2e0, 3e0), (3e0, 5e0), (4e0, 4e0)) AS p(x, y)';

/** What the other groups do not happen to call, so that every function on the list has its answer somewhere. */
export const everyFunction: Case[] = [
  // https://en.wikipedia.org/wiki/HMAC#Examples
  value(`to_hex(hmac_md5(${FOX}, ${KEY}))`, 'varchar', '80070713463E7749B90C2DC24911E275'),
  value(`to_hex(hmac_sha1(${FOX}, ${KEY}))`, 'varchar', 'DE7C9B85B8B78AA6BC8A7A36F70A90701C9DB4D9'),
  value(`to_hex(hmac_sha256(${FOX}, ${KEY}))`, 'varchar', 'F7BC83F430538424B13298E6AA6FB143EF4D59A14946175997479DBC2D1A3CD8'),
  value(`to_hex(hmac_sha512(${FOX}, ${KEY}))`, 'varchar', 'B42AF09057BAC1E2D41708E48A902E09B5FF7F12AB428A4FE86653C73DD248FB82F948A549F7B791A5B41915EE4D1EC3935357E4E2317250D0372AFA2EBEEB3A'),
  // FIPS 180-4's example.
  value("to_hex(sha512(to_utf8('abc')))", 'varchar', 'DDAF35A193617ABACC417349AE20413112E6FA4E89A97EA20A9EEEE64B55D39A2192992A274FC1A836BA3C23A3FEEBBD454D4423643CE80E2A9AC94FA54CA49F'),
  value("to_base64url(X'FBFF')", 'varchar', '-_8='),
  value("from_base64url('-_8=')", 'varbinary', 'fb ff'),
  value("url_extract_fragment('http://example.com/a#Ref1')", 'varchar', 'Ref1'),
  value("url_extract_fragment('http://example.com/a')", 'varchar', ''),
  value("url_extract_protocol('https://example.com/a')", 'varchar', 'https'),

  rounded('acos(0.5)', '1.047197551197'),
  rounded('asin(0.5)', '0.523598775598'),
  rounded('atan(0.5)', '0.463647609001'),
  rounded('cos(0.5)', '0.87758256189'),
  rounded('cosh(0.5)', '1.127625965206'),
  rounded('exp(0.5)', '1.6487212707'),
  rounded('sin(0.5)', '0.479425538604'),
  rounded('sinh(0.5)', '0.521095305494'),
  rounded('tan(0.5)', '0.546302489844'),
  rounded('tanh(0.5)', '0.46211715726'),
  rounded('radians(180)', '3.14159265359'),
  value('log2(8)', 'double', '3.0'),
  value('pow(2, 10)', 'double', '1024.0'),
  value('is_infinite(infinity())', 'boolean', 'true'),
  value('is_infinite(1e0)', 'boolean', 'false'),
  one('SELECT rand() BETWEEN 0 AND 1, random() < 1, random(10) BETWEEN 0 AND 9, rand(5, 6)', ['boolean', 'boolean', 'boolean', 'integer'], 'true', 'true', 'true', '5'),
  fails('SELECT random(0)', 'INVALID_FUNCTION_ARGUMENT: bound must be positive'),
  fails('SELECT random(6, 6)', 'INVALID_FUNCTION_ARGUMENT: start value must be less than stop value'),
  one('SELECT count(DISTINCT random(1000000)) > 1 FROM UNNEST(sequence(1, 100)) AS t(x)', ['boolean'], 'true'),

  one("SELECT day_of_month(d), doy(d), dow(d), month(d), day(d), yow(d), week_of_year(d) FROM (VALUES DATE '2001-02-03') AS t(d)", ['bigint', 'bigint', 'bigint', 'bigint', 'bigint', 'bigint', 'bigint'], '3', '34', '6', '2', '3', '2001', '5'),
  // 2021-01-03 was a Sunday: the last day of the last ISO week of 2020.
  one("SELECT day_of_year(d), yow(d), week_of_year(d), day_of_week(d) FROM (VALUES DATE '2021-01-03') AS t(d)", ['bigint', 'bigint', 'bigint', 'bigint'], '3', '2020', '53', '7'),
  value("minute(TIMESTAMP '2001-08-22 03:04:05.321')", 'bigint', '4'),
  value("at_timezone(TIMESTAMP '2012-10-31 01:00 UTC', 'America/Los_Angeles')", 'timestamp(0) with time zone', '2012-10-30 18:00:00 America/Los_Angeles'),
  value('current_timezone()', 'varchar', 'UTC'),
  one("SELECT timezone_hour(t), timezone_minute(t) FROM (VALUES TIMESTAMP '2012-08-08 01:00 +05:30') AS z(t)", ['bigint', 'bigint'], '5', '30'),

  one("SELECT any_value(x), arbitrary(x) FROM (VALUES CAST(NULL AS integer), 7) AS t(x)", ['integer', 'integer'], '7', '7'),
  one('SELECT bitwise_and_agg(x), bitwise_or_agg(x) FROM (VALUES 6, 3, NULL) AS t(x)', ['bigint', 'bigint'], '2', '7'),
  one(`SELECT round(corr(y, x), 12), covar_pop(y, x), round(covar_samp(y, x), 12) FROM ${points}`, ['double', 'double', 'double'], '0.8', '1.0', '1.333333333333'),
  one(`SELECT round(regr_slope(y, x), 12), round(regr_intercept(y, x), 12) FROM ${points}`, ['double', 'double'], '0.8', '1.5'),
  one('SELECT stddev_pop(x) FROM (VALUES 2, 4, 4, 4, 5, 5, 7, 9) AS t(x)', ['double'], '2.0'),
  one('SELECT round(stddev_samp(x), 12), round(var_samp(x), 12), round(variance(x), 12) FROM (VALUES 1, 2, 3, 4) AS t(x)', ['double', 'double', 'double'], '1.290994448736', '1.666666666667', '1.666666666667'),
  one('SELECT stddev_samp(x), var_samp(x), stddev_pop(x) FROM (VALUES 1) AS t(x)', ['double', 'double', 'double'], null, null, '0.0'),
  many("SELECT k, any_value(v) FROM (VALUES ('a', 1), ('b', CAST(NULL AS integer))) AS t(k, v) GROUP BY k ORDER BY k", ['varchar(1)', 'integer'], [['a', '1'], ['b', null]]),
];
