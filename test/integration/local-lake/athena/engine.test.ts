import { readFileSync } from 'node:fs';
import { GetQueryExecutionCommand } from '@aws-sdk/client-athena';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { athenaOn } from '../../../support/athena.ts';
import { startLake, type TestLake } from '../../../support/lake.ts';

const HEAVY = 'WITH n AS (SELECT x FROM UNNEST(sequence(1, 10000)) t(x)) SELECT count(*) FROM n a CROSS JOIN n b CROSS JOIN n c WHERE (a.x * b.x + c.x) % 7 = 3';
let lake: TestLake;
let sql: ReturnType<typeof athenaOn>;

beforeAll(async () => {
  lake = await startLake();
  sql = athenaOn(lake);
});
afterAll(async () => {
  await lake?.stop();
});

/** The processes the lake has started, as Linux lists them. */
const childrenOf = (pid: number) => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);

describe('the engine process', () => {
  it.skipIf(process.platform !== 'linux')('FAULTS 24: its death fails the running query, says so, and the next query runs', async () => {
    const running = await sql.start(HEAVY);
    for (;;) {
      const { QueryExecution } = await sql.client.send(new GetQueryExecutionCommand({ QueryExecutionId: running }));
      if (QueryExecution!.Status!.State === 'RUNNING' && childrenOf(lake.process.pid!).length > 0) break;
    }
    await new Promise((resolve) => setTimeout(resolve, 300)); // until the engine has the query
    for (const pid of childrenOf(lake.process.pid!)) process.kill(pid, 'SIGKILL');
    expect(await sql.wait(running)).toMatchObject({ state: 'FAILED', reason: expect.stringMatching(/engine ended while it ran this query/), execution: { Status: { AthenaError: { Retryable: true } } } });
    expect(await sql.values('SELECT 1')).toEqual([['1']]);
  });

  it('reaches no file but the objects of the lake', async () => {
    for (const statement of [`SELECT * FROM read_csv('/etc/passwd')`, `SELECT * FROM '/etc/passwd'`, `SELECT * FROM read_text('/etc/passwd')`, `SELECT * FROM "/etc/passwd"`, `COPY (SELECT 1) TO '/tmp/x'`, `SELECT getenv('HOME')`]) {
      expect((await sql.run(statement)).state, statement).toBe('FAILED');
    }
  });

  it('fails a query that needs more memory than it may have, and goes on', async () => {
    const big = await sql.run('WITH n AS (SELECT x FROM UNNEST(sequence(1, 10000)) t(x)) SELECT cardinality(array_agg(a.x * b.x + c.x)) FROM n a CROSS JOIN n b CROSS JOIN n c');
    expect(big.state).toBe('FAILED');
    expect(await sql.values('SELECT 1')).toEqual([['1']]);
  });
});
