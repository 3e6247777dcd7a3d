import { describe, expect, test } from 'vitest';
import { tokenize } from '../../../../shared/sql/lexer.ts';
import { splitStatements, statementAt } from '../../../../shared/sql/statements.ts';

describe('splitStatements', () => {
  test('separates at semicolons outside strings, names and comments', () => {
    const text = `SELECT ';' -- ; here\n, ";" /* ; */;\n\n  SELECT 2 ;; `;
    expect(splitStatements(text)).toEqual([
      { text: `SELECT ';' -- ; here\n, ";"`, start: 0, end: 26, startLine: 1 },
      { text: 'SELECT 2', start: 39, end: 47, startLine: 4 },
    ]);
  });

  test('reads backslash escapes in DDL but not in queries', () => {
    const ddl = String.raw`CREATE EXTERNAL TABLE t (a int) ROW FORMAT DELIMITED ESCAPED BY '\'' LOCATION 's3://b/'; SELECT '\'; SELECT 1`;
    expect(splitStatements(ddl).map((one) => one.text.slice(0, 12))).toEqual(['CREATE EXTER', String.raw`SELECT '\'`, 'SELECT 1']);
  });

  test('reads a quote doubled within a string', () => {
    expect(splitStatements(`SELECT 'it''s; fine'; SELECT 2`)).toHaveLength(2);
  });

  test('keeps an unterminated string or comment in its statement', () => {
    expect(splitStatements(`SELECT 'a; SELECT 2`)).toHaveLength(1);
    expect(splitStatements(`SELECT 1; SELECT /* a; b`)).toHaveLength(2);
  });

  test('finds nothing in white space and comments alone', () => {
    expect(splitStatements(' \n-- nothing\n;;/* */')).toEqual([]);
  });

  test('a carriage return ends a comment, as in Trino', () => {
    expect(splitStatements('SELECT 1 -- a\r; DROP TABLE x')).toHaveLength(2);
  });
});

describe('statementAt', () => {
  const text = 'SELECT 1;\nSELECT 2;\n';
  test.each([[0, 'SELECT 1'], [8, 'SELECT 1'], [9, 'SELECT 1'], [10, 'SELECT 2'], [19, 'SELECT 2']])('at offset %i', (offset, expected) => {
    expect(statementAt(text, offset)?.text).toBe(expected);
  });
  test('before the first statement takes the first', () => expect(statementAt('  SELECT 1', 0)?.text).toBe('SELECT 1'));
  test('of an empty text is none', () => expect(statementAt(' ', 0)).toBeUndefined());
});

describe('tokenize', () => {
  test('gives each token its place', () => {
    const [, second] = tokenize('SELECT\n  "A b"', 'trino');
    expect(second).toMatchObject({ kind: 'quoted', value: 'A b', start: 9, end: 14, line: 2, column: 3 });
  });
  test('unescapes Unicode strings', () => {
    expect(tokenize(`U&'\\2603\\+01F600\\\\'`, 'trino')[0]).toMatchObject({ kind: 'string', value: '☃😀\\' });
    expect(tokenize(`U&'\\26'`, 'trino')[0]).toMatchObject({ kind: 'error' });
  });
  test('tells numbers apart', () => {
    expect(tokenize('1 1.5 .5 1e3 1.5E-3', 'trino').map((token) => token.kind)).toEqual(['integer', 'decimal', 'decimal', 'double', 'double', 'end']);
    expect(tokenize('1abc', 'trino')[0]).toMatchObject({ kind: 'error' });
  });
  test('reads octal escapes of Hive', () => {
    expect(tokenize(String.raw`'\001\t\\'`, 'hive')[0]?.value).toBe('\u0001\t\\');
  });
});
