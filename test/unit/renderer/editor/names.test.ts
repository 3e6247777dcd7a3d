import { describe, expect, it } from 'vitest';
import { valueBefore } from '../../../../renderer/editor/completion/partitionValues.ts';
import { nameAt } from '../../../../renderer/editor/nameAt.ts';
import { nearest, unknownName } from '../../../../renderer/editor/nearMiss.ts';

const names = { databases: [{ name: 'samples', tables: [{ name: 'flights', columns: [{ name: 'delay', type: 'bigint' }, { name: 'month', type: 'string' }] }, { name: 'airports', columns: [{ name: 'iata', type: 'string' }] }] }] };
/** What the name at `|` means. */
const at = (sql: string) => nameAt(sql.replace('|', ''), sql.indexOf('|'), names, 'samples');

describe('the name under the pointer', () => {
  it('is a table where it is read, however it is written', () => {
    expect(at('SELECT 1 FROM samples.fli|ghts f')).toMatchObject({ kind: 'table', database: 'samples', table: 'flights' });
    expect(at('SELECT 1 FROM flights|')).toMatchObject({ kind: 'table', table: 'flights' });
    expect(at('SELECT 1; SELECT 2 FROM "airports|"')).toMatchObject({ kind: 'table', table: 'airports' });
  });
  it('is a column with its type, by its alias or alone', () => {
    expect(at('SELECT f.del|ay FROM flights f, airports')).toEqual({ kind: 'column', name: 'delay', type: 'bigint', of: 'f' });
    expect(at('SELECT ia|ta FROM flights f, airports a')).toEqual({ kind: 'column', name: 'iata', type: 'string', of: 'a' });
  });
  it('is nothing for WITH names, functions and words', () => {
    expect(at('WITH flights AS (SELECT 1 AS x) SELECT x FROM fli|ghts')).toBeUndefined();
    expect(at('SELECT mon|th(delay) FROM flights')).toBeUndefined();
    expect(at('SEL|ECT 1 FROM flights')).toBeUndefined();
  });
});

describe('near misses', () => {
  it('are read from the engine’s words', () => {
    expect(unknownName("line 1:8: Column 'f.delai' cannot be resolved")).toEqual({ kind: 'column', name: 'delai' });
    expect(unknownName("Table 'awsdatacatalog.samples.flihgts' does not exist")).toEqual({ kind: 'table', name: 'flihgts' });
    expect(unknownName("Function 'cuont' not registered")).toEqual({ kind: 'function', name: 'cuont' });
    expect(unknownName('Division by zero')).toBeUndefined();
  });
  it('come nearest first, and only near ones', () => {
    expect(nearest('delai', ['origin', 'delay', 'delays', 'date'])).toEqual(['delay']);
    expect(nearest('flihgts', ['flights', 'airports'])).toEqual(['flights']);
    expect(nearest('x', ['abc'])).toEqual([]);
  });
});

describe('partition values', () => {
  it('are wanted inside a string that is compared with a column', () => {
    expect(valueBefore("SELECT 1 FROM t WHERE month = '2001")).toEqual({ key: 'month', typed: '2001' });
    expect(valueBefore(`WHERE f."Month Of" IN ('a', 'b`)).toEqual({ key: 'Month Of', typed: 'b' });
    expect(valueBefore("WHERE day BETWEEN '1' AND '2")).toEqual({ key: 'day', typed: '2' });
    expect(valueBefore("SELECT concat('a")).toBeUndefined();
  });
});
