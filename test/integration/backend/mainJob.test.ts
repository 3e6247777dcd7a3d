import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Run } from '../../../shared/contract/runs.ts';
import { PLAIN_BUCKET } from '../../support/buckets.ts';
import { startBackend, type TestBackend } from '../../support/backend.ts';
import { eventually } from '../../support/eventually.ts';

let backend: TestBackend;
beforeAll(async () => {
  backend = await startBackend({ empty: false });
});
afterAll(() => backend?.stop());

const local = { connectionId: 'local' };

async function runToEnd(sql: string): Promise<Run> {
  const { runs } = backend.client;
  let run = await runs.start({ ...local, sql, database: 'samples', outputLocation: 's3://secchi-results/', clientToken: randomUUID() });
  for await (run of await runs.watch({ id: run.id }));
  return run;
}

test('the local connection is there, is the default, and says who one is', async () => {
  const [connection] = await backend.client.connections.list();
  expect(connection).toMatchObject({ id: 'local', kind: 'local', readOnly: false });
  const identity = await backend.client.connections.identity(local);
  expect(identity.account).toMatch(/^\d{12}$/);
  expect(identity.arn).toContain(identity.account);
});

test('a query runs, its rows are paged, and exported through a one-time address', async () => {
  const run = await runToEnd('SELECT iata, state FROM airports ORDER BY iata LIMIT 1500');
  expect(run).toMatchObject({ state: 'succeeded', billed: false });
  const { results } = backend.client;
  await results.open({ runId: run.id });
  for await (const state of await results.watch({ runId: run.id })) if (state.state === 'complete') expect(state.rows).toBe(1500);
  const page = await results.page({ runId: run.id, start: 1490, count: 100 });
  expect(page.cells.map((column) => column.length)).toEqual([10, 10]);

  const job = await results.export({ runId: run.id, format: 'csv', destination: { kind: 'browser', fileName: 'airports.csv' } });
  let url: string | undefined;
  for await (const state of await results.watchExport({ id: job.id })) url = state.downloadUrl;
  const csv = await (await fetch(backend.origin + url!)).text();
  expect(csv.split('\r\n')).toHaveLength(1502);
  expect(csv).toMatch(/^iata,state\r\n/);
  expect((await fetch(backend.origin + url!)).status).toBe(404);
});

test('a failed query says where and why', async () => {
  const run = await runToEnd('SELECT nope FROM airports');
  expect(run).toMatchObject({ state: 'failed', error: { code: 'QueryFailed', message: expect.stringMatching(/nope/i) } });
});

test('a file from a browser page becomes an object, a table by inference, and rows', async () => {
  const { client, origin, token } = backend;
  const text = 'city,people\n"Seoul, 서울",9\nBusan,3\n';
  const body = new TextEncoder().encode(text);
  await client.s3Bucket.create({ ...local, bucket: 'dropped', ...PLAIN_BUCKET });
  const upload = await client.transfers.browserUpload({ ...local, bucket: 'dropped', prefix: 'in/', files: [{ relativePath: 'people.csv', size: body.length, lastModified: 0 }] });
  for (let wanted = await client.transfers.wanted({ id: upload.id }); wanted; wanted = await client.transfers.wanted({ id: upload.id })) {
    for (const { offset, length, url } of wanted) {
      const put = await fetch(origin + url, { method: 'PUT', body: body.slice(offset, offset + length), headers: { origin, authorization: `Bearer ${token}` } });
      expect(put.status).toBe(204);
    }
  }
  await eventually(async () => (await client.transfers.list()).find(({ id }) => id === upload.id)?.state === 'done');
  expect((await client.s3.list({ ...local, bucket: 'dropped', prefix: 'in/' })).keys).toEqual(['in/people.csv']);

  expect(await client.preview.open({ ...local, bucket: 'dropped', key: 'in/people.csv' })).toMatchObject({ kind: 'table', format: 'csv' });
  const inferred = await client.catalog.infer({ ...local, bucket: 'dropped', prefix: 'in/', database: 'samples', table: 'people' });
  expect(await runToEnd(inferred.ddl)).toMatchObject({ state: 'succeeded' });
  expect(await client.catalog.covering({ ...local, bucket: 'dropped', prefix: 'in/people.csv' })).toEqual({ database: 'samples', table: 'people' });
  const run = await runToEnd('SELECT city, people FROM people ORDER BY people DESC');
  await client.results.open({ runId: run.id });
  expect((await client.results.page({ runId: run.id, start: 0, count: 10 })).cells).toEqual([['Seoul, 서울', 'Busan'], ['9', '3']]);
});

test('a download of the browser is a one-time address too', async () => {
  const { url, fileName } = await backend.client.transfers.browserDownload({ ...local, bucket: 'dropped', key: 'in/people.csv' });
  expect(fileName).toBe('people.csv');
  const response = await fetch(backend.origin + url);
  expect(response.headers.get('content-disposition')).toContain('people.csv');
  expect(await response.text()).toContain('Seoul, 서울');
});
