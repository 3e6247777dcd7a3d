import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ObjectStore } from '../../electron/local-lake/objects/objectStore.ts';
import { listPage } from '../../electron/services/s3/listing.ts';
import { testContext } from '../support/context.ts';
import { startLake, type TestLake } from '../support/lake.ts';
import { byTime, isInstalled, medianTime, runPeer, type Measured } from './measure.ts';

const KEYS = 100_000;
const BUCKET = 'many';
const RUNS = 3;

/** Listing 100,000 keys, 1,000 a page, as the app does, against awscli and rclone on the same local lake. */
export async function listing(report: (line: Measured) => void): Promise<void> {
  // In memory where there is such a place: filling is not what is measured.
  const dataDir = await mkdtemp(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'secchi-bench-'));
  let lake: TestLake | undefined;
  try {
    await fill(dataDir);
    lake = await startLake({ dataDir });
    const ours = await oursTime(lake);
    const { accessKeyId, secretAccessKey } = lake.credentials;
    const env = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_DEFAULT_REGION: lake.region, AWS_PAGER: '', AWS_CA_BUNDLE: undefined };
    const aws = ['s3api', 'list-objects-v2', '--bucket', BUCKET, '--endpoint-url', lake.endpoint, '--output', 'json'];
    report(byTime('listing', ours, 'aws s3api list-objects-v2', isInstalled('aws') ? await medianTime(RUNS, () => runPeer('aws', aws, env)) : null));
    const remote = `:s3,provider=Other,env_auth=true,endpoint='${lake.endpoint}':${BUCKET}`;
    report(byTime('listing', ours, 'rclone lsf', isInstalled('rclone') ? await medianTime(RUNS, () => runPeer('rclone', ['lsf', '-R', '--files-only', '--fast-list', remote], env)) : null));
  } finally {
    await lake?.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** 100,000 names of one small blob. */
async function fill(dataDir: string): Promise<void> {
  const store = await ObjectStore.open(path.join(dataDir, 'lake'));
  await store.createBucket(BUCKET, 'us-east-1');
  const first = { bucket: BUCKET, key: 'data/first' };
  await store.put(BUCKET, first.key, Buffer.from('x'));
  for (let from = 1; from < KEYS; from += 500) {
    await store.share(first, async (_, take) => {
      const keys = Array.from({ length: Math.min(500, KEYS - from) }, (_, n) => `data/year=${2000 + ((from + n) % 25)}/part-${String(from + n).padStart(6, '0')}.parquet`);
      await Promise.all(keys.map((key) => store.commit(BUCKET, key, take(), {})));
    });
  }
  await store.close();
}

async function oursTime(lake: TestLake): Promise<number> {
  const { context, close } = await testContext({ endpoint: lake.endpoint, region: lake.region, ...lake.credentials });
  try {
    return await medianTime(RUNS, async () => {
      let count = 0;
      let token: string | undefined;
      do {
        const page = await listPage(context.aws, { connectionId: 'local', bucket: BUCKET, prefix: '', delimiter: '', token, max: 1000 });
        count += page.keys.length;
        token = page.nextToken;
      } while (token !== undefined);
      if (count !== KEYS) throw new Error(`${count} of ${KEYS} keys were listed.`);
    });
  } finally {
    await close();
  }
}
