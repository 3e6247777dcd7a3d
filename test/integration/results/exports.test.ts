import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createExports, type ExportOrder } from '../../../electron/results/exports.ts';
import type { ResultsEngine } from '../../../electron/results/engineClient.ts';
import type { ResultStore } from '../../../electron/results/store.ts';
import { createGrants } from '../../../electron/transport/grants.ts';
import { createTickets } from '../../../electron/transport/tickets.ts';
import type { ExportJob } from '../../../shared/contract/results.ts';
import { startTestEngine, varchars, type TestEngine } from '../../support/resultsEngine.ts';

const columns = varchars('a', 'b');
const ROWS = 1_000_000;
let tester: TestEngine;
let target: string;
let stagingDir: string;
let stored: Awaited<ReturnType<TestEngine['load']>>;

beforeAll(async () => {
  tester = await startTestEngine();
  stagingDir = path.join(tester.dir, 'staging');
  target = path.join(await mkdtemp(path.join(tmpdir(), 'secchi-target-')), 'out.csv');
  stored = await tester.load(`"a","b"\n${'"some text","and more of it"\n'.repeat(ROWS)}`, columns);
});
afterAll(async () => {
  await tester.close();
  await rm(path.dirname(target), { recursive: true, force: true });
});

const CSV_BYTES = ROWS * 27;
/** One stored result, always there: what an export needs of the store. */
const store = { useAll: (_run: string, _view: string | undefined, work: (rows: object) => unknown) => work({ ...stored, columns, csvBytes: CSV_BYTES }) } as unknown as ResultStore;
const tickets = createTickets();

async function exported(order: Partial<ExportOrder>, options: { freeBytes?: () => Promise<number>; engine?: ResultsEngine; onJob?: (job: ExportJob, cancel: () => void) => void } = {}): Promise<ExportJob> {
  const exports = createExports({ store, engine: options.engine ?? tester.engine, tickets, grants: createGrants(), stagingDir, uploadsDir: path.join(tester.dir, 'uploads'), ...(options.freeBytes ? { freeBytes: options.freeBytes } : {}) });
  const { id } = exports.start({ runId: 'r', format: 'csv', destination: { kind: 'path', path: target }, options: { escapeFormulas: false }, ...order });
  return new Promise((resolve) => {
    const hear = (job: ExportJob) => {
      options.onJob?.(job, () => void exports.cancel(id));
      if (job.state !== 'running') resolve(job);
    };
    exports.watch(id).onChange(hear);
  });
}

test('an export replaces the target at its end, whole, and leaves nothing in staging', async () => {
  await writeFile(target, 'older');
  const job = await exported({});
  expect(job).toMatchObject({ state: 'succeeded', rowsTotal: ROWS, rowsWritten: ROWS });
  const text = await readFile(target, 'utf8');
  expect(text.length).toBe(job.bytesWritten);
  expect(text).toBe(`a,b\r\n${'some text,and more of it\r\n'.repeat(ROWS)}`);
  expect(await readdir(stagingDir)).toEqual([]);
});

test('FAULTS 11: too little space is said in bytes before anything is written; the older file stays', async () => {
  await writeFile(target, 'older');
  const job = await exported({}, { freeBytes: async () => 1000 });
  expect(job).toMatchObject({ state: 'failed', error: { code: 'DiskFull' } });
  expect(job.error!.message).toContain(CSV_BYTES.toLocaleString('en'));
  expect(await readFile(target, 'utf8')).toBe('older');
  expect(await readdir(stagingDir)).toEqual([]);
});

test('FAULTS 10: a folder that went away fails by name, and nothing is left', async () => {
  const gone = path.join(path.dirname(target), 'gone');
  await mkdir(gone);
  const job = exported({ destination: { kind: 'path', path: path.join(gone, 'x.csv') } }, { onJob: (_, __) => undefined });
  await rm(gone, { recursive: true });
  expect(await job).toMatchObject({ state: 'failed', error: { code: 'NotFound', resource: path.join(gone, 'x.csv') } });
  expect(await readdir(stagingDir)).toEqual([]);
});

test('cancelled, it says so and leaves neither target nor staging', async () => {
  await rm(target, { force: true });
  const job = await exported({ format: 'jsonl' }, { onJob: (_, cancel) => cancel() });
  expect(job.state).toBe('cancelled');
  expect(existsSync(target)).toBe(false);
  expect(await readdir(stagingDir)).toEqual([]);
});

test('to the browser it is a one-time address', async () => {
  const job = await exported({ destination: { kind: 'browser', fileName: 'out.csv' } });
  expect(job).toMatchObject({ state: 'succeeded', target: 'out.csv' });
  expect(job.downloadUrl).toMatch(/^\/ticket\//);
});
