import { describe, expect, test } from 'vitest';
import { hasHeader, parseDelimited, readDelimited, sniffDelimiter } from '../../../../electron/services/files/engine/delimited.ts';

const rows = (text: string, complete = true, delimiter = ',') => parseDelimited(text, delimiter, complete, 1000).rows;

describe('records', () => {
  test('quotes, doubled quotes, delimiters and newlines inside them', () => {
    expect(rows('a,"b,""c""\nd",e\r\n1,2,3')).toEqual([['a', 'b,"c"\nd', 'e'], ['1', '2', '3']]);
  });
  test('empty fields, a trailing delimiter, blank lines', () => {
    expect(rows('a,,\n\n,"",x\n')).toEqual([['a', '', ''], ['', '', 'x']]);
    expect(rows('a,')).toEqual([['a', '']]);
  });
  test('a record that is cut off is left out unless the file ends there', () => {
    expect(rows('a,b\nc,d', false)).toEqual([['a', 'b']]);
    expect(rows('a,b\n"c', false)).toEqual([['a', 'b']]);
    expect(rows('a,b\n"c', true)).toEqual([['a', 'b'], ['c']]);
  });
  test('a million quotes take no time', () => {
    expect(rows('"'.repeat(1_000_000)).length).toBe(1);
  });
});

test('delimiters', () => {
  expect(sniffDelimiter('a,b\n1,2\n', true)).toBe(',');
  expect(sniffDelimiter('a\tb,c\n1\t2\n', true)).toBe('\t');
  expect(sniffDelimiter('a;b;c\n1,5;2;3\n', true)).toBe(';');
  expect(sniffDelimiter('just a line\nand another, with a comma\nand more\n', true)).toBeUndefined();
});

test('headers', () => {
  expect(hasHeader([['id', 'name'], ['1', 'x']])).toBe(true);
  expect(hasHeader([['name', 'town'], ['Ann', 'Bern'], ['Bob', 'Rome']])).toBe(true);
  expect(hasHeader([['1', 'x'], ['2', 'y']])).toBe(false);
  expect(hasHeader([['Ann', 'Bern'], ['Ann', 'Rome'], ['Bob', 'Bern']])).toBe(false);
  expect(hasHeader([['a', 'a'], ['1', '2']])).toBe(false);
});

test('types are those of all sampled rows; codes with leading zeros stay text', () => {
  const { columns } = readDelimited('n,f,b,d,t,zip,mixed\n1,1.5,true,2024-01-31,2024-01-31 10:00:00,01234,1\n2,2,FALSE,2024-02-01,2024-02-01 00:00,00001,x\n', { complete: true, rows: 10 });
  expect(columns.map((column) => column.type)).toEqual(['bigint', 'double', 'boolean', 'date', 'timestamp', 'string', 'string']);
});
