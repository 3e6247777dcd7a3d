import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { servicesOnLake } from '../../support/servicesOnLake.ts';

const { services } = await servicesOnLake();

const stored = async () => (await services.results.stored({ input: undefined })).results;
const folder = (runId: string) => path.join(services.dir, 'app', 'results', runId);
async function bytesOf(runId: string): Promise<number> {
  const files = (await readdir(folder(runId))).filter((name) => name.endsWith('.duckdb'));
  return (await Promise.all(files.map((name) => stat(path.join(folder(runId), name))))).reduce((sum, { size }) => sum + size, 0);
}

/** A result that is wholly in its file. */
async function settled(sql: string, more: object = {}): Promise<string> {
  const run = await services.run(sql, more);
  expect(await services.load(run.id)).toMatchObject({ state: 'complete' });
  await eventually(async () => (await stored()).some(({ runId }) => runId === run.id));
  return run.id;
}

test('the space for results counts files by type and their views; the one used longest ago leaves first, and a pinned one stays', async () => {
  const desk = { engine: 'duckdb' as const };
  const pinned = await settled('SELECT range AS n, range / 7 AS d FROM range(150000)', desk);
  const oldest = await settled("SELECT range AS n, DATE '2024-01-01' + CAST(range % 300 AS INTEGER) AS day FROM range(150000)", desk);
  await services.results.view({ input: { runId: oldest, sort: [{ column: 1, direction: 'desc' }] } });
  const newest = await settled(`SELECT a.x * 10 + b.x AS n FROM ${[1, 2].map((one) => `(VALUES ${Array.from({ length: 10 }, (_, i) => `(${i})`).join(', ')}) AS ${one === 1 ? 'a' : 'b'}(x)`).join(' CROSS JOIN ')}`);
  await services.results.pin({ input: { runId: pinned, pinned: true } });

  const all = await stored();
  expect(all.map(({ runId }) => runId).sort()).toEqual([pinned, oldest, newest].sort());
  for (const { runId, bytes } of all) expect(bytes, runId).toBe(await bytesOf(runId));
  const total = all.reduce((sum, { bytes }) => sum + bytes, 0);
  const own = await stat(path.join(folder(oldest), 'rows.duckdb'));
  expect(all.find(({ runId }) => runId === oldest)!.bytes).toBeGreaterThan(own.size);

  await services.context.store.collection('settings').put('all', { resultsBudget: total - 1 });
  for (const runId of [pinned, oldest, newest]) await services.results.close({ input: { runId } });
  await eventually(async () => !existsSync(folder(oldest)));
  expect((await stored()).map(({ runId }) => runId).sort()).toEqual([pinned, newest].sort());
  const after = await services.results.stored({ input: undefined });
  expect(after.bytes).toBeLessThan(after.budget);

  // Only what is pinned is left where nothing fits.
  await services.context.store.collection('settings').put('all', { resultsBudget: 1 });
  await services.results.close({ input: { runId: newest } });
  await eventually(async () => !existsSync(folder(newest)));
  expect((await stored()).map(({ runId }) => runId)).toEqual([pinned]);
});
