import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBackend, type TestBackend } from '../../support/backend.ts';

let backend: TestBackend;
beforeAll(async () => {
  backend = await startBackend();
});
afterAll(() => backend.stop());

const at = { connectionId: 'local', workgroup: 'primary' };

test('saved queries keep folder, tags and values over a restart', async () => {
  const { client } = backend;
  const query = { id: 'one', name: 'Delays', folder: '/reports//daily/ ', tags: ['a', ' a ', 'b'], sql: 'SELECT :x', values: { x: { type: 'text' as const, value: "it's" } } };
  expect(await client.savedQueries.save(query)).toMatchObject({ folder: 'reports/daily', tags: ['a', 'b'], sql: 'SELECT :x' });
  await client.savedQueries.save({ id: 'two', name: 'At the top', folder: '', tags: [], sql: 'SELECT 2' });
  const { dataDir } = backend;
  await backend.kill();
  backend = await startBackend({ dataDir });
  expect((await backend.client.savedQueries.list()).map(({ name, values }) => [name, values?.x?.value])).toEqual([
    ['At the top', undefined],
    ['Delays', "it's"],
  ]);
  await backend.client.savedQueries.remove({ ids: ['one', 'two'] });
  expect(await backend.client.savedQueries.list()).toEqual([]);
});

test('named queries and prepared statements of the workgroup are made, changed, read and deleted', async () => {
  const { client } = backend;
  await client.savedQueries.share({ ...at, kind: 'named', name: 'Everybody’s', database: 'default', sql: 'SELECT 1' });
  await client.savedQueries.share({ ...at, kind: 'prepared', name: 'of_month', database: 'default', sql: 'SELECT ?' });
  const [named, prepared] = (await client.savedQueries.shared(at)).queries;
  expect(named).toMatchObject({ kind: 'named', name: 'Everybody’s', sql: 'SELECT 1', database: 'default' });
  expect(prepared).toMatchObject({ kind: 'prepared', id: 'of_month', sql: 'SELECT ?' });

  await client.savedQueries.share({ ...at, kind: 'named', id: named!.id, name: 'Renamed', database: 'default', sql: 'SELECT 2' });
  await client.savedQueries.share({ ...at, kind: 'prepared', id: 'of_month', name: 'of_month', database: 'default', sql: 'SELECT ? + 1' });
  expect((await client.savedQueries.shared(at)).queries.map(({ name, sql }) => [name, sql])).toEqual([
    ['Renamed', 'SELECT 2'],
    ['of_month', 'SELECT ? + 1'],
  ]);

  await client.savedQueries.unshare({ ...at, kind: 'named', id: named!.id });
  await client.savedQueries.unshare({ ...at, kind: 'prepared', id: 'of_month' });
  expect(await client.savedQueries.shared(at)).toEqual({ queries: [], denied: [] });
});

test('a read-only connection shares nothing', async () => {
  const { client } = backend;
  await client.connections.update({ id: 'local', readOnly: true });
  await expect(client.savedQueries.share({ ...at, kind: 'named', name: 'x', database: 'default', sql: 'SELECT 1' })).rejects.toMatchObject({ code: 'ReadOnlyConnection' });
  await client.connections.update({ id: 'local', readOnly: false });
});
