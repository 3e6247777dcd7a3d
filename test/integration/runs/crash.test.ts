import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRunJournal, newRunId } from '../../../electron/engines/journal.ts';
import { openStore } from '../../../electron/storage/store.ts';
import { eventually } from '../../support/eventually.ts';
import { startFaultyProxy, type FaultyProxy } from '../../support/faultyProxy.ts';
import { startLake, type TestLake } from '../../support/lake.ts';
import { startServices } from '../../support/services.ts';

let lake: TestLake;
let proxy: FaultyProxy;
let dataDir: string;
beforeEach(async () => {
  lake = await startLake();
  proxy = await startFaultyProxy(lake.endpoint);
  dataDir = await mkdtemp(path.join(tmpdir(), 'secchi-crash-'));
});
afterEach(async () => {
  await proxy.close();
  await lake.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const begin = () => startServices({ address: { endpoint: proxy.endpoint, region: lake.region, ...lake.credentials }, dataDir });
const statement = (sql: string) => ({ connectionId: 'local', engine: 'athena' as const, sql, workgroup: 'primary', catalog: 'AwsDataCatalog', clientToken: 'journalled-token' });

/** What a backend that was killed leaves in the journal: it writes there before it asks the service. */
async function leftBehind(sql: string, more: { externalId?: string; submittedAt?: Date } = {}): Promise<string> {
  const store = await openStore(path.join(dataDir, 'app'));
  const submitted = more.submittedAt ?? new Date();
  const id = newRunId(submitted.getTime());
  const { clientToken, ...told } = statement(sql);
  await createRunJournal(store).add({
    statement: { ...told, clientToken },
    run: { id, state: 'queued', billed: false, submittedAt: submitted.toISOString(), ...told, ...(more.externalId ? { externalId: more.externalId } : {}) },
  });
  await store.close();
  return id;
}

const starts = () => proxy.seen.filter(({ operation }) => operation === 'AmazonAthena.StartQueryExecution').length;

test('a run whose id was journalled is followed to its end by the next backend', async () => {
  const first = await begin();
  const { externalId } = await first.run('SELECT 1 AS x');
  await first.close();
  const id = await leftBehind('SELECT 1 AS x', { externalId: externalId! });
  const before = starts();
  const next = await begin();
  const run = await eventually(async () => {
    const found = await next.runs.get({ input: { id } });
    return found.state === 'succeeded' ? found : undefined;
  });
  expect(run.externalId).toBe(externalId);
  expect(starts()).toBe(before);
  expect(await next.load(id)).toMatchObject({ state: 'complete', rows: 1 });
  await next.close();
});

test('a run that was sent but not answered is found again by its token: nothing runs twice', async () => {
  const id = await leftBehind('SELECT 2 AS x');
  const next = await begin();
  const run = await eventually(async () => {
    const found = await next.runs.get({ input: { id } });
    return found.state === 'succeeded' ? found : undefined;
  });
  // The page, too, asks again with the token it has.
  const again = await next.runs.start({ input: statement('SELECT 2 AS x') });
  expect(again.id).toBe(id);
  expect(again.externalId).toBe(run.externalId);
  expect(starts()).toBe(1);
  await next.close();
});

test('a start that was never answered is not sent again an hour later', async () => {
  const id = await leftBehind('SELECT 3 AS x', { submittedAt: new Date(Date.now() - 3_600_000) });
  const next = await begin();
  const run = await eventually(async () => {
    const found = await next.runs.get({ input: { id } });
    return found.state === 'failed' ? found : undefined;
  });
  expect(run.error).toMatchObject({ code: 'Unavailable' });
  expect(starts()).toBe(0);
  await next.close();
});
