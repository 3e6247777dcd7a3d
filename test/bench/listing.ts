import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ObjectStore } from '../../electron/local-lake/objects/objectStore.ts';
import { listPage } from '../../electron/services/s3/listing.ts';
import { testContext } from '../support/context.ts';
import { startLake, type TestLake } from '../support/lake.ts';
import { compare, median, seconds, type Bench } from './measure.ts';
import { isInstalled, runPeer } from './peers.ts';

const KEYS = 100_000;
const BUCKET = 'many';
const RUNS = 3;

/** Listing 100,000 keys, 1,000 a page, as the app does, against awscli and rclone (where installed) on the same local lake. */
export const bench: Bench = async (report) => {
  // In memory where there is such a place: filling is not what is measured.
  const dataDir = await mkdtemp(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'secchi-bench-'));
  let lake: TestLake | undefined;
  try {
    await fill(dataDir);
    lake = await startLake({ dataDir });
    const ours = await oursSeconds(lake);
    for (const { command, args, name } of peersOf(lake.endpoint)) {
      if (!isInstalled(command)) continue;
      const { accessKeyId, secretAccessKey } = lake.credentials;
      const env = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_DEFAULT_REGION: lake.region, AWS_PAGER: '' };
      const times: number[] = [];
      for (let run = 0; run < RUNS; run += 1) times.push(await seconds(() => runPeer(command, args, env)));
      report(compare('listing', 's', ours, median(times), name, `${KEYS} keys, 1,000 a page, median of ${RUNS}`));
    }
  } finally {
    await lake?.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
};

const peersOf = (endpoint: string) => [
  { command: 'aws', name: 'aws s3api list-objects-v2', args: ['s3api', 'list-objects-v2', '--bucket', BUCKET, '--endpoint-url', endpoint, '--output', 'json'] },
  { command: 'rclone', name: 'rclone lsf', args: ['lsf', '-R', '--files-only', '--fast-list', `:s3,provider=Other,env_auth=true,endpoint='${endpoint}':${BUCKET}`] },
];

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

async function oursSeconds(lake: TestLake): Promise<number> {
  const { context, close } = await testContext({ endpoint: lake.endpoint, region: lake.region, ...lake.credentials });
  const listAll = async () => {
    let count = 0;
    let token: string | undefined;
    do {
      const page = await listPage(context.aws, { connectionId: 'local', bucket: BUCKET, prefix: '', delimiter: '', token, max: 1000 });
      count += page.keys.length;
      token = page.nextToken;
    } while (token !== undefined);
    if (count !== KEYS) throw new Error(`${count} of ${KEYS} keys were listed.`);
  };
  try {
    const times: number[] = [];
    for (let run = 0; run < RUNS; run += 1) times.push(await seconds(listAll));
    return median(times);
  } finally {
    await close();
  }
}
