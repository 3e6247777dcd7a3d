import { expect, test } from 'vitest';
import { formatOfFile, nameFor } from '../../../../electron/engines/duckdb/formats.ts';
import { resultsNamed } from '../../../../electron/engines/duckdb/readable.ts';
import { relation } from '../../../../electron/engines/duckdb/process/sql.ts';

test('a file is called after itself, in letters that need no quotes, and never as another', () => {
  const taken = new Set<string>();
  const names = ['/a/Air Ports (2024).CSV', '/b/air ports (2024).csv.gz', '/c/2024.parquet', '/d/한글.json', '/e/.csv', '/f/folder'].map((file) => {
    const name = nameFor(file, taken);
    taken.add(name);
    return name;
  });
  expect(names).toEqual(['air_ports_2024', 'air_ports_2024_2', '_2024', 'file', 'file_2', 'folder']);
});

test('formats go by the end of the name', () => {
  expect(['a.csv', 'a.CSV.gz', 'a.tsv', 'a.jsonl.zst', 'a.parquet', 'a.gz', 'a.orc', 'csv'].map(formatOfFile)).toEqual(['csv', 'csv', 'csv', 'json', 'parquet', undefined, undefined, undefined]);
});

test('results are found however they are written, and nothing else is', () => {
  expect(resultsNamed('SELECT * FROM results.r12 JOIN Results . "r3" USING (x) JOIN "results".r12 b ON true')).toEqual([12, 3]);
  expect(resultsNamed('SELECT r12, my_results.r1, resultsr2 FROM results.rows WHERE r.r3 = 1')).toEqual([]);
});

test('a name that DuckDB would take for a pattern is read as it is', () => {
  expect(relation({ format: 'csv', path: "/x/it's [1]*.csv", many: false })).toBe("read_csv('/x/it''s [[]1][*].csv')");
  expect(relation({ format: 'parquet', path: '/x/**/*.parquet', many: true })).toBe("read_parquet('/x/**/*.parquet', union_by_name = true)");
});
