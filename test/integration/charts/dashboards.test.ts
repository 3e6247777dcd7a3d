import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeSpec } from '../../../shared/charts/spec.ts';
import type { Dashboard } from '../../../shared/contract/dashboards.ts';
import { startBackend, type TestBackend } from '../../support/backend.ts';

let backend: TestBackend;
beforeAll(async () => {
  backend = await startBackend();
});
afterAll(() => backend.stop());

const made: Dashboard = {
  id: 'one',
  name: 'Flights',
  refreshMinutes: 5,
  tiles: [
    { kind: 'text', id: 't', at: { x: 0, y: 0, w: 12, h: 2 }, text: '# Flights' },
    { kind: 'chart', id: 'c', at: { x: 0, y: 2, w: 6, h: 7 }, title: 'By day', query: { connectionId: 'local', sql: 'SELECT 1', catalog: 'AwsDataCatalog', workgroup: 'primary' }, chart: makeSpec({ kind: 'bar', x: 'a', y: [{ aggregate: 'count' }] }), runId: 'r1', ranAt: '2026-01-01T00:00:00.000Z' },
  ],
};

test('a dashboard is on the disk when saving it answers: it is there after kill -9', async () => {
  await backend.client.dashboards.save(made);
  const { dataDir } = backend;
  await backend.kill();
  backend = await startBackend({ dataDir });
  expect(await backend.client.dashboards.list()).toEqual([{ id: 'one', name: 'Flights', tiles: 2 }]);
  expect(await backend.client.dashboards.get({ id: 'one' })).toEqual(made);
});

test('what is exported is imported as another dashboard, without runs that are known here only', async () => {
  await backend.client.dashboards.save(made);
  const { text } = await backend.client.dashboards.export({ id: 'one' });
  expect(text).not.toContain('r1');
  const copy = await backend.client.dashboards.import({ text });
  expect(copy.id).not.toBe('one');
  expect(copy).toMatchObject({ name: 'Flights', refreshMinutes: 5 });
  expect(copy.tiles.map(({ at }) => at)).toEqual(made.tiles.map(({ at }) => at));
  expect(copy.tiles[1]).toMatchObject({ kind: 'chart', title: 'By day', query: { sql: 'SELECT 1' }, chart: { kind: 'bar', x: 'a' } });
  expect(copy.tiles[1]).not.toHaveProperty('runId');
  await backend.client.dashboards.remove({ id: copy.id });
  await expect(backend.client.dashboards.get({ id: copy.id })).rejects.toMatchObject({ code: 'NotFound' });
});

test.each(['no JSON', '{}', '{"format":"secchi-dashboard","version":1,"dashboard":{"name":"x","refreshMinutes":0,"tiles":[{"kind":"script"}]}}'])('what is no exported dashboard is refused, and nothing is made of it: %s', async (text) => {
  const before = await backend.client.dashboards.list();
  await expect(backend.client.dashboards.import({ text })).rejects.toMatchObject({ code: 'BadInput', message: expect.stringContaining('no exported dashboard') });
  expect(await backend.client.dashboards.list()).toEqual(before);
});

test('a chart of a run goes through the contract; a column that is not there is named', async () => {
  const { id } = await backend.client.runs.start({ connectionId: 'local', sql: "SELECT * FROM (VALUES ('a', 1), ('b', 2), ('a', 3)) t(k, n)", clientToken: 'charts-through-the-contract' });
  for await (const run of await backend.client.runs.watch({ id })) expect(run.state).not.toBe('failed');
  await backend.client.results.open({ runId: id });
  const data = await backend.client.results.chart({ runId: id, spec: { kind: 'bar', x: 'k', y: [{ aggregate: 'sum', column: 'n' }] } });
  expect(data.series[0]).toMatchObject({ x: ['a', 'b'], y: ['4', '2'] });
  expect(await backend.client.results.chartFacts({ runId: id })).toEqual({ rows: 3, sampled: 3, columns: [{ nulls: 0, distinct: 2 }, { nulls: 0, distinct: 3 }] });
  await expect(backend.client.results.chart({ runId: id, spec: { kind: 'bar', x: 'gone', y: [] } })).rejects.toMatchObject({ code: 'BadInput', resource: 'gone' });
});
