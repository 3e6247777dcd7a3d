import { describe, expect, test } from 'vitest';
import { translate } from '../../../../electron/local-lake/athena/sql/index.ts';
import type { TableRead } from '../../../../electron/local-lake/athena/sql/index.ts';
import { catalog } from './corpus/tables.ts';

async function reads(sql: string): Promise<TableRead[]> {
  return (await translate(sql, { catalog: 'awsdatacatalog', database: 'default', tables: catalog })).reads;
}

describe('what a query reads', () => {
  test('only the columns it uses, in the order of the table', async () => {
    expect(await reads('SELECT o.customer, id FROM orders o WHERE amount > 1')).toMatchObject([{ database: 'default', table: 'orders', columns: ['id', 'customer', 'amount'], usesPath: false }]);
    expect((await reads('SELECT count(*) FROM orders'))[0]?.columns).toEqual([]);
    expect((await reads('SELECT x.id FROM (SELECT * FROM orders) x'))[0]?.columns).toHaveLength(8);
  });

  test('the path of the object a row came from', async () => {
    expect((await reads('SELECT "$path" FROM orders'))[0]?.usesPath).toBe(true);
    expect((await reads('SELECT * FROM orders'))[0]?.usesPath).toBe(false);
  });

  test('each use of a table apart', async () => {
    const both = await reads('SELECT 1 FROM orders a JOIN orders b ON a.id = b.id');
    expect(new Set(both.map((read) => read.relation)).size).toBe(2);
  });

  test('the tables behind a view', async () => {
    expect(await reads('SELECT * FROM big_orders')).toMatchObject([{ table: 'orders', columns: ['id', 'amount'] }]);
  });
});

describe('partitions that need not be read', () => {
  const pruned = async (sql: string): Promise<(string | undefined)[]> => (await reads(sql)).map((read) => read.partitionPredicate);

  test('by the conditions over partition columns alone', async () => {
    expect(await pruned('SELECT id FROM orders WHERE month = 1 AND amount > 5')).toEqual(['("month" = CAST(1 AS INTEGER))']);
    expect(await pruned('SELECT id FROM orders WHERE month = 1 OR amount > 5')).toEqual([undefined]);
  });

  test('never on the side of an outer join that may be empty', async () => {
    expect(await pruned('SELECT 1 FROM orders a LEFT JOIN orders b ON a.id = b.id WHERE a.month = 1 AND b.month IS NULL')).toEqual(['("month" = CAST(1 AS INTEGER))', undefined]);
  });

  test('never by what may fail or change', async () => {
    expect(await pruned('SELECT 1 FROM orders WHERE 1 / month = 1')).toEqual([undefined]);
    expect(await pruned('SELECT 1 FROM orders WHERE month > random()')).toEqual([undefined]);
    expect(await pruned('SELECT 1 FROM orders WHERE month = (SELECT 1)')).toEqual([undefined]);
  });
});
