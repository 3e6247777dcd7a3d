import { expect, test } from 'vitest';
import { fileNameOf, fromSqlFile, toSqlFile } from '../../../../shared/sql/queryFiles.ts';

const queries = [
  { name: 'Delays', folder: 'reports/daily', tags: ['flights', 'ops'], sql: 'SELECT 1;\n-- in the middle\nSELECT 2' },
  { name: 'Other', folder: '', tags: [], sql: '-- why\nSELECT 3' },
];

test('queries written to a file are read back as they were', () => expect(fromSqlFile('all.sql', toSqlFile(queries))).toEqual(queries));

test('a file of anybody’s is one query, called as the file', () => {
  expect(fromSqlFile('/tmp/daily report.SQL', '\uFEFFSELECT 1\r\nFROM t\r\n')).toEqual([{ name: 'daily report', folder: '', tags: [], sql: 'SELECT 1\nFROM t' }]);
  expect(fromSqlFile('x.sql', '-- folder: not a header\nSELECT 1')).toEqual([{ name: 'x', folder: '', tags: [], sql: '-- folder: not a header\nSELECT 1' }]);
  expect(fromSqlFile('empty.sql', '\n')).toEqual([]);
});

test('a name becomes a file’s name everywhere', () => {
  expect(fileNameOf('a/b: "c"?')).toBe('a_b_ _c__.sql');
  expect(fileNameOf('...')).toBe('query.sql');
});

test('a query of another engine says so in its file', () => {
  const written = toSqlFile([{ name: 'local', folder: '', tags: [], engine: 'duckdb', sql: 'FROM files.a' }, { name: 'lake', folder: '', tags: [], engine: 'athena', sql: 'SELECT 1' }]);
  expect(written).toBe('-- name: local\n-- engine: duckdb\nFROM files.a\n\n\n-- name: lake\nSELECT 1\n');
  expect(fromSqlFile('x.sql', written).map(({ engine }) => engine)).toEqual(['duckdb', undefined]);
});
