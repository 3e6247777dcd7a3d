import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../../../../shared/sql/query/parse.ts';
import { glueExpression } from '../../../../../shared/sql/reads/glueExpression.ts';
import { matches, valuesNamed } from '../../../../../shared/sql/reads/matches.ts';
import { partitionFilter, type PartitionKey } from '../../../../../shared/sql/reads/partitionFilter.ts';
import { tableReads } from '../../../../../shared/sql/reads/tableReads.ts';

const readsOf = (sql: string) => tableReads(parseQuery(sql));
const names = (sql: string) => readsOf(sql).map(({ name }) => name.join('.'));

describe('tables that a query reads', () => {
  test('every place a table is named counts, in joins, subqueries, set operations and expressions', () => {
    expect(names('SELECT * FROM a JOIN db.b ON a.x = b.x WHERE a.x IN (SELECT x FROM c) UNION ALL SELECT (SELECT max(x) FROM cat.db.d) FROM a')).toEqual(['a', 'db.b', 'c', 'a', 'cat.db.d']);
    expect(names('SELECT 1 FROM (SELECT 1 FROM a) ORDER BY (SELECT 1 FROM b)')).toEqual(['a', 'b']);
    expect(names('SELECT * FROM a CROSS JOIN UNNEST((SELECT array_agg(x) FROM b)) AS t(x)')).toEqual(['a', 'b']);
  });

  test('a WITH query counts as often as it is named, and not where it hides a table of its name', () => {
    expect(names('WITH t AS (SELECT * FROM a) SELECT * FROM t, t AS u')).toEqual(['a', 'a']);
    expect(names('WITH t AS (SELECT * FROM a) SELECT 1')).toEqual([]);
    expect(names('WITH a AS (SELECT * FROM a) SELECT * FROM a')).toEqual(['a']);
    expect(names('WITH t AS (SELECT * FROM a), u AS (SELECT * FROM t, b) SELECT * FROM u, db.t')).toEqual(['a', 'b', 'db.t']);
  });

  test('a query that multiplies without end is refused', () => {
    const sql = `WITH t0 AS (SELECT * FROM a), ${Array.from({ length: 12 }, (_, i) => `t${i + 1} AS (SELECT * FROM t${i}, t${i})`).join(', ')} SELECT * FROM t12`;
    expect(() => readsOf(sql)).toThrow(/more than 500/);
  });

  test('the place of a name is where it stands', () => {
    expect(readsOf('SELECT *\nFROM  db.flights f')[0]!.at).toEqual({ line: 2, column: 7, length: 10 });
  });

  test('columns are those mentioned anywhere; a star takes all of its own relations', () => {
    const columns = (sql: string) => readsOf(sql).map((read) => (read.columns === 'all' ? 'all' : [...read.columns].filter((name) => /^[a-z]$/.test(name)).toSorted()));
    expect(columns('SELECT x, max(t.y) FROM aa t WHERE z > 1')).toEqual([['t', 'x', 'y', 'z']]);
    expect(columns('SELECT count(*) FROM aa')).toEqual([[]]);
    expect(columns('SELECT t.* FROM a t, b u')).toEqual(['all', ['a', 'b', 't', 'u']]);
    expect(columns('SELECT * FROM (SELECT x FROM aa)')).toEqual([['x']]);
    expect(columns('SELECT x FROM aa AS t(x)')).toEqual(['all']);
    expect(columns('SELECT db.aa.* FROM db.aa')).toEqual(['all']);
    expect(columns('TABLE aa')).toEqual(['all']);
  });

  test('the WHERE is not relied on for the optional side of an outer join, for a shared alias, or beside USING', () => {
    const filtered = (sql: string) => readsOf(sql).map(({ where }) => where !== undefined);
    expect(filtered('SELECT 1 FROM a LEFT JOIN b ON true WHERE b.x IS NULL')).toEqual([true, false]);
    expect(filtered('SELECT 1 FROM a RIGHT JOIN b ON true WHERE x = 1')).toEqual([false, true]);
    expect(filtered('SELECT 1 FROM a FULL JOIN b ON true WHERE x = 1')).toEqual([false, false]);
    expect(filtered('SELECT 1 FROM a, a WHERE x = 1')).toEqual([false, false]);
    expect(filtered('SELECT 1 FROM a JOIN b USING (x) WHERE x = 1')).toEqual([false, false]);
  });
});

const keys: PartitionKey[] = [
  { name: 'month', type: 'string' },
  { name: 'year', type: 'int' },
  { name: 'day', type: 'date' },
  { name: 'price', type: 'double' },
];
const filterOf = (condition: string) => {
  const [read] = readsOf(`SELECT 1 FROM flights f WHERE ${condition}`);
  return partitionFilter(read!.where!, read!.alias, keys);
};
const passes = (condition: string, values: Record<string, string>) => {
  const filter = filterOf(condition);
  return filter === undefined || matches(filter, new Map(Object.entries(values)));
};

describe('what a WHERE proves of partitions', () => {
  test('conditions on other columns, calculated values and other types prove nothing', () => {
    for (const condition of ['delay > 5', "substr(month, 1, 4) = '2001'", 'month = delay', 'price > 1', "month = '2001' OR delay > 5", "month = '2001' OR (month = '2002' AND delay > 5)", "g.month = '2001'", "NOT month = '2001'", "month LIKE '2001_%'", "day > '2001-01-01'", 'year = 1.5', 'month = ?']) {
      expect(filterOf(condition), condition).toBeUndefined();
    }
  });

  test('of an AND, what is proven stays', () => {
    expect(filterOf("delay > 5 AND f.month = '2001-03' AND rand() > 0.5")).toEqual({ kind: 'compare', key: 'month', operator: '=', value: { type: 'text', value: '2001-03' } });
  });

  test.each([
    ["month = '2001-03'", { month: '2001-03' }, { month: '2001-04' }],
    ["'2001-03' < month", { month: '2001-04' }, { month: '2001-03' }],
    ["month BETWEEN '2001-02' AND '2001-03'", { month: '2001-02' }, { month: '2001-04' }],
    ["month NOT BETWEEN '2001-02' AND '2001-03'", { month: '2001-04' }, { month: '2001-02' }],
    ["month IN ('a', 'b')", { month: 'b' }, { month: 'c' }],
    ["month NOT IN ('a', 'b')", { month: 'c' }, { month: 'b' }],
    ["month LIKE '2001%3'", { month: '2001-03' }, { month: '2001-04' }],
    ["month LIKE 'ab%ba'", { month: 'abba' }, { month: 'aba' }],
    ['year >= 9', { year: '10' }, { year: '8' }],
    ['year = 1', { year: '01' }, { year: '11' }],
    ['year <> -1', { year: '1' }, { year: '-1' }],
    ["day > DATE '2001-01-31'", { day: '2001-02-01' }, { day: '2001-01-31' }],
    ["(month = 'a' AND year = 1) OR month = 'b'", { month: 'a', year: '1' }, { month: 'a', year: '2' }],
  ] as [string, Record<string, string>, Record<string, string>][])('%s', (condition, inside, outside) => {
    expect(passes(condition, inside)).toBe(true);
    expect(passes(condition, outside)).toBe(false);
  });

  test('a value that does not read as its type stays in, and NULL', () => {
    expect(passes('year = 1', { year: 'one' })).toBe(true);
    expect(passes("month = 'a'", { month: '__HIVE_DEFAULT_PARTITION__' })).toBe(true);
  });

  test('Glue is asked for text keys only, and never for more than fits', () => {
    expect(glueExpression(filterOf("month >= '2001-02' AND year = 2001 AND month IN ('a', 'b') AND month LIKE 'a%'"))).toBe("month >= '2001-02' AND month IN ('a', 'b') AND month LIKE 'a%'");
    expect(glueExpression(filterOf("(month = 'a' AND year = 1) OR month = 'b'"))).toBeUndefined();
    expect(glueExpression(filterOf("month = 'a' OR month = 'b'"))).toBe("(month = 'a' OR month = 'b')");
    expect(glueExpression(filterOf("month = 'it''s'"))).toBeUndefined();
    expect(glueExpression(filterOf(`month IN (${Array.from({ length: 500 }, (_, i) => `'${i}'`).join(', ')}) AND month > '1'`))).toBe("month > '1'");
  });

  test('values that a filter names for a key', () => {
    expect(valuesNamed(filterOf("month = 'a' AND year = 3"), 'month')).toEqual(['a']);
    expect(valuesNamed(filterOf("month = 'a' OR month IN ('b', 'c')"), 'month')).toEqual(['a', 'b', 'c']);
    expect(valuesNamed(filterOf("month > 'a'"), 'month')).toBeUndefined();
    expect(valuesNamed(filterOf("month = 'a' OR year = 3"), 'month')).toBeUndefined();
  });
});
