import { afterAll } from 'vitest';
import { startLake } from './lake.ts';
import { startServices } from './services.ts';

/** Runs and results on an empty lake, for all tests of a file. */
export async function servicesOnLake() {
  const lake = await startLake();
  const services = await startServices({ address: { endpoint: lake.endpoint, region: lake.region, ...lake.credentials } });
  afterAll(async () => {
    await services.close();
    await lake.stop();
  });
  return { lake, services };
}
