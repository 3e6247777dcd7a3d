import { describe, expect, test } from 'vitest';
import { SqlError } from '../../../../shared/sql/errors.ts';
import { parseHiveType, printHiveType, printTrinoType } from '../../../../shared/sql/hiveTypes.ts';

describe('Hive types and their Trino types', () => {
  test.each([
    ['string', 'varchar'],
    ['varchar(10)', 'varchar(10)'],
    ['char(3)', 'char(3)'],
    ['int', 'integer'],
    ['float', 'real'],
    ['binary', 'varbinary'],
    ['timestamp', 'timestamp(3)'],
    ['decimal(10,2)', 'decimal(10,2)'],
    ['array<string>', 'array(varchar)'],
    ['map<string,array<int>>', 'map(varchar, array(integer))'],
    ['struct<a:int,b:struct<c:date>>', 'row(a integer, b row(c date))'],
  ])('%s is %s', (hive, trino) => {
    expect(printTrinoType(parseHiveType(hive))).toBe(trino);
    expect(printHiveType(parseHiveType(hive))).toBe(hive);
  });

  test('reads spaces, upper case, quotes and comments', () => {
    expect(printTrinoType(parseHiveType("STRUCT< `Foo Bar` : INT comment 'x', b:DECIMAL( 5 , 1 ) >"))).toBe('row("foo bar" integer, b decimal(5,1))');
    expect(printTrinoType(parseHiveType('decimal'))).toBe('decimal(10,0)');
  });

  test.each(['', 'foo', 'array<int', 'array<>', 'map<int>', 'decimal(39,0)', 'decimal(5,6)', 'int x', 'uniontype<int,string>'])('refuses %j', (text) => expect(() => parseHiveType(text)).toThrow(SqlError));

  test.each([{ kind: 'json' } as const, { kind: 'timestamp with time zone', precision: 3 } as const])('no Hive column can hold %j', (type) => expect(() => printHiveType(type)).toThrow('Unsupported Hive type'));
});
