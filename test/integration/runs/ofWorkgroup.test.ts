import { expect, test } from 'vitest';
import { athenaOn } from '../../support/athena.ts';
import { servicesOnLake } from '../../support/servicesOnLake.ts';

const { lake, services } = await servicesOnLake();

test('what others ran in the workgroup is listed, and its stored result opens without a run', async () => {
  const others = athenaOn(lake);
  const execution = await others.ok("SELECT 42 AS answer, 'x' AS text");
  const mine = await services.run('SELECT 1 AS mine');

  const { runs } = await services.runs.ofWorkgroup({ input: { connectionId: 'local', workgroup: 'primary' } });
  expect(runs.map(({ id, sql, state }) => [id !== '', sql, state])).toEqual([
    [true, 'SELECT 1 AS mine', 'succeeded'],
    [false, "SELECT 42 AS answer, 'x' AS text", 'succeeded'],
  ]);
  expect(runs[0]!.id).toBe(mine.id);

  const adopted = await services.runs.adopt({ input: { connectionId: 'local', externalId: execution.QueryExecutionId! } });
  expect((await services.load(adopted.id)).state).toBe('complete');
  expect(await services.rows(adopted.id)).toEqual([['42', 'x']]);
  // Adopted once: the same run again, in the history at its own time, and nothing ran for it.
  expect((await services.runs.adopt({ input: { connectionId: 'local', externalId: execution.QueryExecutionId! } })).id).toBe(adopted.id);
  expect((await services.runs.history({ input: { max: 10 } })).runs.map(({ id }) => id)).toEqual([mine.id, adopted.id]);
  expect((await services.runs.ofWorkgroup({ input: { connectionId: 'local', workgroup: 'primary' } })).runs).toHaveLength(2);
});

test('the history is searched by table, state, price and date', async () => {
  await services.run("SELECT 'samples' AS samples");
  await services.run('SELECT nothing_there');
  const found = async (search: object) => (await services.runs.history({ input: { max: 50, ...search } })).runs.map(({ sql }) => sql);
  expect(await found({ table: 'samples' })).toEqual(["SELECT 'samples' AS samples"]);
  expect(await found({ table: 'sample' })).toEqual([]);
  expect(await found({ states: ['failed'] })).toEqual(['SELECT nothing_there']);
  expect(await found({ leastPrice: 1 })).toEqual([]);
  expect(await found({ since: new Date(Date.now() + 60_000).toISOString() })).toEqual([]);
  expect((await found({ since: new Date(Date.now() - 600_000).toISOString() })).length).toBe(4);
});

test('somebody else’s run counts in no total of ours', async () => {
  const before = await services.runs.today({ input: undefined });
  const { QueryExecutionId } = await athenaOn(lake).ok('SELECT 7');
  await services.runs.adopt({ input: { connectionId: 'local', externalId: QueryExecutionId! } });
  expect(await services.runs.today({ input: undefined })).toEqual(before);
});

test('the engine’s own times and rows of a run can be read', async () => {
  const { id } = await services.run('SELECT 1 UNION ALL SELECT 2');
  const { timeline, outputRows } = await services.runs.statistics({ input: { id } });
  expect(timeline.map(({ part }) => part)).toEqual(expect.arrayContaining(['queue', 'engine', 'total']));
  expect(outputRows).toBe(2);
});
