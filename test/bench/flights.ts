import { readFile } from 'node:fs/promises';
import { nodeStartChild, type StartChild } from '../../electron/processes/parent.ts';
import type { Run } from '../../shared/contract/runs.ts';
import { eventually } from '../support/eventually.ts';
import { startLake, type TestLake } from '../support/lake.ts';
import { outDir } from '../support/serve.ts';
import { startServices, type TestServices } from '../support/services.ts';

export const ROWS = 3_000_000;
export const FLIGHTS = 'SELECT * FROM samples.flights';

export interface Flights {
  lake: TestLake;
  services: TestServices;
  /** A finished run of `sql` (FLIGHTS), whose result nobody has opened. */
  query(sql?: string): Promise<Run>;
  /** What the results engine holds now, MB; 0 where it does not run or cannot be asked. */
  engineResident(): Promise<number>;
}

const residentOf = async (pid: number | undefined): Promise<number> =>
  Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''))?.[1] ?? 0) / 1024;

/** A filled local lake in its own process, and the backend's runs and results in this one. */
export async function withFlights(work: (flights: Flights) => Promise<void>): Promise<void> {
  const lake = await startLake({ empty: false });
  let engine: number | undefined;
  const startChild: StartChild = (name, args) => {
    const child = nodeStartChild(outDir)(name, args);
    if (name === 'results-engine') engine = child.pid;
    return child;
  };
  const services = await startServices({ startChild, address: { endpoint: lake.endpoint, region: lake.region, ...lake.credentials } });
  const query = async (sql = FLIGHTS): Promise<Run> => {
    const run = await services.run(sql);
    if (run.state !== 'succeeded') throw new Error(`${sql}: ${run.error?.message}`);
    return run;
  };
  try {
    // The lake fills itself after it answers; what is measured begins when that is over.
    await eventually(async () => {
      const counted = await services.run('SELECT count(*) FROM samples.flights');
      if (counted.state !== 'succeeded') return false;
      await services.load(counted.id);
      return (await services.rows(counted.id))[0]![0] === String(ROWS);
    }, 120_000);
    await work({ lake, services, query, engineResident: () => residentOf(engine) });
  } finally {
    await services.close();
    await lake.stop();
  }
}
