import { describe, expect, test } from 'vitest';
import { addUnits, formatDate, parseBound, parsePattern } from '../../../../shared/sql/projection/dates.ts';
import { project } from '../../../../shared/sql/projection/projection.ts';
import { parseQuery } from '../../../../shared/sql/query/parse.ts';
import { partitionFilter } from '../../../../shared/sql/reads/partitionFilter.ts';
import { tableReads } from '../../../../shared/sql/reads/tableReads.ts';

const now = new Date('2026-03-31T23:59:00Z');

function projected(rules: Record<string, string>, keys: [string, string][], where?: string, location = 's3://b/t/') {
  const partitionKeys = keys.map(([name, type]) => ({ name, type }));
  const [read] = tableReads(parseQuery(`SELECT 1 FROM t${where ? ` WHERE ${where}` : ''}`));
  const filter = read!.where && partitionFilter(read!.where, read!.alias, partitionKeys);
  const parameters = Object.fromEntries(Object.entries(rules).map(([name, value]) => [name.startsWith('storage') ? name : `projection.${name}`, value]));
  return project({ location, partitionKeys, parameters }, filter, now);
}
const locations = (...given: Parameters<typeof projected>) => {
  const found = projected(...given);
  return found.kind === 'locations' ? found.locations : found;
};

describe('partition projection', () => {
  test('enum and integer, in Hive’s folders', () => {
    const rules = { 'kind.type': 'enum', 'kind.values': 'a, b', 'n.type': 'integer', 'n.range': '8,12', 'n.interval': '2', 'n.digits': '2' };
    expect(locations(rules, [['kind', 'string'], ['n', 'int']], "kind = 'b' AND n > 8")).toEqual(['s3://b/t/kind=b/n=10/', 's3://b/t/kind=b/n=12/']);
    expect(locations(rules, [['kind', 'string'], ['n', 'int']])).toHaveLength(6);
  });

  test('dates by their format, relative to now in UTC, and one step more than the clock says', () => {
    const rules = { 'day.type': 'date', 'day.format': 'yyyy/MM/dd', 'day.range': 'NOW-2DAYS,NOW', 'storage.location.template': 's3://other/logs/${day}' };
    expect(locations(rules, [['day', 'string']])).toEqual(['29', '30', '31'].map((day) => `s3://other/logs/2026/03/${day}/`).concat('s3://other/logs/2026/04/01/'));
    expect(locations(rules, [['day', 'string']], "day = '2026/03/30'")).toEqual(['s3://other/logs/2026/03/30/']);
  });

  test('an injected key needs a value', () => {
    const rules = { 'device.type': 'injected' };
    expect(projected(rules, [['device', 'string']])).toEqual({ kind: 'needsValue', key: 'device' });
    expect(projected(rules, [['device', 'string']], "device > 'a'")).toEqual({ kind: 'needsValue', key: 'device' });
    expect(locations(rules, [['device', 'string']], "device IN ('a', 'b')")).toEqual(['s3://b/t/device=a/', 's3://b/t/device=b/']);
  });

  test('what is too much, or not understood, is everything below the fixed part of the place', () => {
    const many = { 'n.type': 'integer', 'n.range': '0,1000000' };
    expect(projected(many, [['n', 'int']])).toEqual({ kind: 'below', location: 's3://b/t/' });
    expect(projected(many, [['n', 'int']], 'n = 5')).toEqual({ kind: 'below', location: 's3://b/t/' });
    const odd = { 'week.type': 'date', 'week.format': "YYYY-'W'ww", 'week.range': '2020-W01,NOW', 'storage.location.template': 's3://b/x/y-${week}/' };
    expect(projected(odd, [['week', 'string']])).toEqual({ kind: 'below', location: 's3://b/x/' });
    expect(projected({}, [['n', 'int']])).toEqual({ kind: 'below', location: 's3://b/t/' });
  });

  test('a condition across keys is held against each place', () => {
    const rules = { 'a.type': 'enum', 'a.values': 'x,y', 'b.type': 'enum', 'b.values': 'x,y' };
    expect(locations(rules, [['a', 'string'], ['b', 'string']], "(a = 'x' AND b = 'y') OR b = 'x'")).toEqual(['s3://b/t/a=x/b=x/', 's3://b/t/a=x/b=y/', 's3://b/t/a=y/b=x/']);
  });
});

describe('dates of projection', () => {
  test('bounds and formats', () => {
    const pattern = parsePattern("yyyy-MM-dd'T'HH")!;
    expect(formatDate(pattern, parseBound(pattern, 'NOW-1MONTHS', now)!)).toBe('2026-02-28T23');
    expect(formatDate(pattern, parseBound(pattern, '2020-02-29T05', now)!)).toBe('2020-02-29T05');
    expect(parseBound(pattern, '2020', now)).toBeUndefined();
    expect(parsePattern('dd MMM')).toBeUndefined();
    expect(addUnits(now, 1, 'month').toISOString()).toBe('2026-04-30T23:59:00.000Z');
  });
});
