import { describe, expect, it } from 'vitest';
import { matcherOf } from '../../../../electron/services/s3Search/matcher.ts';
import { objectFilter, type ObjectFilter } from '../../../../shared/contract/s3Search.ts';

const keys = ['p/a/Report.csv', 'p/a/b/report-2.CSV', 'p/year=2026/part-1.parquet', 'p/year=2026/x/part-22.parquet', 'p/a b+c%.txt', 'p/new\nline', 'p/report/other'];
const page = {
  keys,
  sizes: keys.map((_, n) => n * 100),
  modified: keys.map((_, n) => Date.parse(`2026-01-0${n + 1}T12:00:00Z`)),
  storageClasses: keys.map((_, n) => (n % 2 ? 'GLACIER' : 'STANDARD')),
  etags: keys.map(() => ''),
};
const found = (filter: Partial<ObjectFilter>) => matcherOf(objectFilter.parse({ kind: 'contains', text: '', ...filter }), 'p/')(page).map((row) => keys[row]!.slice(2));

describe('what a search matches', () => {
  it('part of a name, whatever the capitals unless asked', () => {
    expect(found({ text: 'REPORT' })).toEqual(['a/Report.csv', 'a/b/report-2.CSV']);
    expect(found({ text: 'Report', matchCase: true })).toEqual(['a/Report.csv']);
    expect(found({ text: 'report/' })).toEqual(['report/other']);
  });

  it('globs on the name, with a slash on the path', () => {
    expect(found({ kind: 'glob', text: '*.csv' })).toEqual(['a/Report.csv', 'a/b/report-2.CSV']);
    expect(found({ kind: 'glob', text: 'year=*/*.parquet' })).toEqual(['year=2026/part-1.parquet']);
    expect(found({ kind: 'glob', text: 'year=*/**/part-??.parquet' })).toEqual(['year=2026/x/part-22.parquet']);
  });

  it('regular expressions on the path', () => {
    expect(found({ kind: 'regex', text: String.raw`part-\d+\.parquet$` })).toEqual(['year=2026/part-1.parquet', 'year=2026/x/part-22.parquet']);
    expect(found({ kind: 'regex', text: '^A/', matchCase: true })).toEqual([]);
  });

  it('sizes, days and storage classes, together', () => {
    expect(found({ minSize: 100, maxSize: 300 }).length).toBe(3);
    expect(found({ from: '2026-01-02T00:00:00Z', before: '2026-01-03T00:00:00Z' })).toEqual(['a/b/report-2.CSV']);
    expect(found({ storageClasses: ['GLACIER'], text: 'part' })).toEqual(['year=2026/x/part-22.parquet']);
  });

  it('refuses what is no regular expression, and says why', () => {
    expect(() => found({ kind: 'regex', text: '(a' })).toThrow(/“\(a” is not a regular expression/);
  });

  it('gives up on an expression that backtracks without end, within half a second', () => {
    const begun = performance.now();
    const hostile = matcherOf(objectFilter.parse({ kind: 'regex', text: '^(a+)+$' }), '');
    expect(() => hostile({ ...page, keys: keys.map(() => `${'a'.repeat(60)}!`) })).toThrow(/takes too long/);
    expect(performance.now() - begun).toBeLessThan(1500);
  });
});
