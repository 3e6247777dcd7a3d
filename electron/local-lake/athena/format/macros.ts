/**
 * Values as Java (so Trino, so Athena) writes them, as DuckDB macros. Java's Double.toString: plain notation from 10^-3
 * to 10^7, else `d.dddE±x`; the digits themselves are the shortest that read back, in both.
 */
export const formatMacros = [
  `CREATE MACRO secchi_mantissa(digits) AS digits[1] || '.' || CASE WHEN length(digits) > 1 THEN substr(digits, 2) ELSE '0' END`,
  `CREATE MACRO secchi_scientific_plain(sign, whole, fraction) AS sign || CASE
     WHEN whole <> '0' THEN secchi_mantissa(rtrim(whole || fraction, '0')) || 'E' || (length(whole) - 1)
     ELSE secchi_mantissa(rtrim(ltrim(fraction, '0'), '0')) || 'E-' || (length(fraction) - length(ltrim(fraction, '0')) + 1) END`,
  `CREATE MACRO secchi_scientific(s) AS CASE
     WHEN contains(s, 'e') THEN split_part(s, 'e', 1) || CASE WHEN contains(split_part(s, 'e', 1), '.') THEN '' ELSE '.0' END || 'E' || split_part(s, 'e', 2)::INTEGER
     ELSE secchi_scientific_plain(CASE WHEN starts_with(s, '-') THEN '-' ELSE '' END, split_part(ltrim(s, '-'), '.', 1), split_part(s, '.', 2)) END`,
  `CREATE MACRO secchi_floating(x, shortest) AS CASE
     WHEN isnan(x) THEN 'NaN'
     WHEN isinf(x) THEN CASE WHEN x > 0 THEN 'Infinity' ELSE '-Infinity' END
     WHEN x = 0 OR (abs(x) >= 1e-3 AND abs(x) < 1e7) THEN x::VARCHAR
     ELSE secchi_scientific(shortest) END`,
  `CREATE MACRO secchi_double(x) AS secchi_floating(x, x::VARCHAR)`,
  // DuckDB writes a large REAL with the digits of the DOUBLE nearest to it; the shortest that reads back is looked for.
  `CREATE MACRO secchi_real(x) AS secchi_floating(x, CASE
     WHEN format('{:.0e}', x::DOUBLE)::REAL = x THEN format('{:.0e}', x::DOUBLE)
     WHEN format('{:.1e}', x::DOUBLE)::REAL = x THEN format('{:.1e}', x::DOUBLE)
     WHEN format('{:.2e}', x::DOUBLE)::REAL = x THEN format('{:.2e}', x::DOUBLE)
     WHEN format('{:.3e}', x::DOUBLE)::REAL = x THEN format('{:.3e}', x::DOUBLE)
     WHEN format('{:.4e}', x::DOUBLE)::REAL = x THEN format('{:.4e}', x::DOUBLE)
     WHEN format('{:.5e}', x::DOUBLE)::REAL = x THEN format('{:.5e}', x::DOUBLE)
     WHEN format('{:.6e}', x::DOUBLE)::REAL = x THEN format('{:.6e}', x::DOUBLE)
     WHEN format('{:.7e}', x::DOUBLE)::REAL = x THEN format('{:.7e}', x::DOUBLE)
     ELSE format('{:.8e}', x::DOUBLE) END)`,
];
