import { expect, test } from 'vitest';
import { addFilter } from '../../../../shared/sql/reads/filterFix.ts';

function fixed(sql: string, key = 'month'): string {
  const offset = sql.indexOf('flights');
  const before = sql.slice(0, offset).split('\n');
  const insertions = addFilter(sql, { line: before.length, column: before.at(-1)!.length + 1 }, key, '2001-01') ?? [];
  return insertions.toReversed().reduce((text, { at, text: added }) => text.slice(0, at) + added + text.slice(at), sql);
}

test.each([
  ['SELECT * FROM flights', "SELECT * FROM flights\nWHERE flights.month = '2001-01'"],
  ['SELECT * FROM flights f GROUP BY 1', "SELECT * FROM flights f\nWHERE f.month = '2001-01' GROUP BY 1"],
  ['SELECT * FROM flights AS f WHERE a = 1 LIMIT 5', "SELECT * FROM flights AS f WHERE f.month = '2001-01' AND a = 1 LIMIT 5"],
  ['SELECT * FROM flights f WHERE a = 1 OR b = 2;', "SELECT * FROM flights f WHERE f.month = '2001-01' AND ( a = 1 OR b = 2);"],
  ['SELECT * FROM (SELECT * FROM flights f) x WHERE y = 1', "SELECT * FROM (SELECT * FROM flights f\nWHERE f.month = '2001-01') x WHERE y = 1"],
  ['SELECT *\nFROM flights f JOIN b ON f.x = (SELECT max(x) FROM c WHERE z) ORDER BY 1', "SELECT *\nFROM flights f JOIN b ON f.x = (SELECT max(x) FROM c WHERE z)\nWHERE f.month = '2001-01' ORDER BY 1"],
])('%s', (sql, expected) => expect(fixed(sql)).toBe(expected));

test('a key that is no plain name is quoted', () => expect(fixed('SELECT * FROM flights', 'Month Of')).toContain(`flights."Month Of" = '2001-01'`));
