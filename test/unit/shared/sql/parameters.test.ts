import { expect, test } from 'vitest';
import { bind, filled, literalOf, parameterNames, substituted, valueOf, withMarks, type ParameterValue } from '../../../../shared/sql/parameters.ts';

const values: Record<string, ParameterValue> = { month: { type: 'text', value: "it's" }, least: { type: 'number', value: '5' }, 1: { type: 'date', value: '2026-01-31' } };

test('parameters are found outside of strings, names and comments', () => {
  expect(parameterNames(`SELECT ':a', "b:c", x -- :d ?\nFROM t WHERE m = :month AND y > ? AND z IN (:month, ?)`)).toEqual(['month', '1', '2']);
  expect(parameterNames('CREATE EXTERNAL TABLE t (a struct<b:int, c :int>)')).toEqual([]);
  expect(parameterNames('SELECT CAST(NULL AS row(a int)), x[1:y]')).toEqual([]);
  expect(parameterNames('PREPARE p FROM SELECT ?')).toEqual([]);
});

test('a bound statement has a mark for each place, where it was, and the literals in order', () => {
  const sql = 'SELECT * FROM t WHERE m = :month AND d > ? AND n < :least AND o = :month';
  const bound = bind(sql, values);
  expect(bound).toEqual({ sql: 'SELECT * FROM t WHERE m = ?      AND d > ? AND n < ?      AND o = ?     ', parameters: ["'it''s'", "DATE '2026-01-31'", '5', "'it''s'"] });
  expect(withMarks(sql)).toHaveLength(sql.length);
  expect(substituted('SELECT :month, :other', values)).toBe("SELECT 'it''s', ?");
  expect(filled('SELECT ?, ?', ['1', "'a'"])).toBe("SELECT 1, 'a'");
});

test('a parameter without a usable value is named', () => {
  expect(bind('SELECT :nothing', values)).toEqual({ missing: 'nothing' });
  expect(bind('SELECT :n', { n: { type: 'number', value: '5; DROP TABLE t' } })).toEqual({ missing: 'n' });
});

test.each([
  [{ type: 'text', value: ' a ' }, "' a '"],
  [{ type: 'number', value: '-1.5e3' }, '-1.5e3'],
  [{ type: 'number', value: 'one' }, undefined],
  [{ type: 'date', value: '31.1.2026' }, undefined],
  [{ type: 'timestamp', value: '2026-01-31T12:00' }, "TIMESTAMP '2026-01-31 12:00'"],
  [{ type: 'boolean', value: 'TRUE' }, 'true'],
  [{ type: 'null', value: 'x' }, 'NULL'],
  [{ type: 'sql', value: "INTERVAL '1' DAY" }, "INTERVAL '1' DAY"],
  [{ type: 'text', value: 'x'.repeat(2000) }, undefined],
] as [ParameterValue, string | undefined][])('%j is %s', (value, literal) => expect(literalOf(value)).toBe(literal));

test('a cast of other engines is no parameter', () => {
  expect(parameterNames('SELECT x::int, y::decimal(1,2), :day::date, ?::varchar')).toEqual(['day', '1']);
});

test.each([
  ['text', "it's"],
  ['text', ''],
  ['number', '-12.5e3'],
  ['date', '2026-01-31'],
  ['timestamp', '2026-01-31 12:00:00'],
  ['boolean', 'true'],
  ['null', ''],
  ['sql', "date_add('day', 1, DATE '2026-01-31')"],
] as [ParameterValue['type'], string][])('a literal is a value of its type again: %s %s', (type, value) => {
  expect(valueOf(literalOf({ type, value })!)).toEqual({ type, value });
});
