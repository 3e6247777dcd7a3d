import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Run } from '../../../shared/contract/runs.ts';
import { startBackend, type TestBackend } from '../../support/backend.ts';

const questions = [...readFileSync('README.md', 'utf8').matchAll(/```sql\n([\s\S]*?)```/g)].map(([, sql]) => sql!.replace(/^ +/gm, '').trim());

let backend: TestBackend;
beforeAll(async () => {
  backend = await startBackend({ empty: false });
}, 120_000);
afterAll(() => backend?.stop());

test('the README asks ten questions', () => expect(questions).toHaveLength(10));

test.each(questions)('the README’s question has an answer: %s', async (sql) => {
  const { runs, results } = backend.client;
  let run: Run = await runs.start({ connectionId: 'local', sql, database: 'default', outputLocation: 's3://secchi-results/', clientToken: randomUUID() });
  for await (run of await runs.watch({ id: run.id }));
  expect(run.error).toBeUndefined();
  let rows = 0;
  await results.open({ runId: run.id });
  for await (const state of await results.watch({ runId: run.id })) rows = state.rows;
  expect(rows).toBeGreaterThanOrEqual(8);
});
