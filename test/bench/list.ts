import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listAll } from '../../electron/listing/listAll.ts';
import { ObjectStore } from '../../electron/local-lake/objects/objectStore.ts';
import { testContext } from '../support/context.ts';
import { startDelayProxy } from '../support/delayProxy.ts';
import { startLake, type TestLake } from '../support/lake.ts';
import { compare, peakResident, seconds, type Bench } from './measure.ts';
import { isInstalled, runPeer } from './peers.ts';

const KEYS = 200_000;
const BUCKET = 'many';
/** What a request to S3 takes before its first byte, ms. */
const DELAY = 30;
/** The most the backend may hold over idle, MB. */
const MOST_OVER_IDLE = 300;

/** Listing 200,000 keys below a prefix against rclone and awscli on the same lake: at hand, and as far away as S3 is. */
export const bench: Bench = async (report) => {
  // In memory where there is such a place: filling is not what is measured.
  const dataDir = await mkdtemp(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'secchi-bench-'));
  let lake: TestLake | undefined;
  try {
    await fill(dataDir);
    lake = await startLake({ dataDir });
    const far = await startDelayProxy(lake.endpoint, DELAY);
    for (const [bench, endpoint] of [['list.far', far.endpoint], ['list.near', lake.endpoint]] as const) {
      const ours = await seconds(() => oursLists(lake!, endpoint, 1));
      for (const { command, args, name } of peersOf(endpoint)) {
        if (!isInstalled(command)) continue;
        const { accessKeyId, secretAccessKey } = lake.credentials;
        const env = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_DEFAULT_REGION: lake.region, AWS_PAGER: '' };
        report(compare(bench, 's', ours, await seconds(() => runPeer(command, args, env)), name, `${KEYS} keys${endpoint === far.endpoint ? `, ${DELAY} ms a request` : ''}`));
      }
    }
    await far.close();
    const idle = process.memoryUsage().rss / 1024 ** 2;
    const { own: most } = await peakResident(() => oursLists(lake!, lake!.endpoint, 5));
    report(compare('list.overIdle', 'MB', most - idle, MOST_OVER_IDLE, 'the limit', `1,000,000 keys: ${KEYS} five times`));
  } finally {
    await lake?.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
};

const peersOf = (endpoint: string) => [
  { command: 'aws', name: 'aws s3api list-objects-v2', args: ['s3api', 'list-objects-v2', '--bucket', BUCKET, '--endpoint-url', endpoint, '--output', 'json'] },
  { command: 'rclone', name: 'rclone lsf', args: ['lsf', '-R', '--files-only', '--fast-list', `:s3,provider=Other,env_auth=true,endpoint='${endpoint}':${BUCKET}`] },
];

/** Many names of one small blob. */
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

async function oursLists(lake: TestLake, endpoint: string, times: number): Promise<void> {
  const { context, close } = await testContext({ endpoint, region: lake.region, ...lake.credentials });
  try {
    for (let time = 0; time < times; time += 1) {
      let count = 0;
      for await (const { keys } of listAll(context.aws, { connectionId: 'local', bucket: BUCKET, prefix: '' })) count += keys.length;
      if (count !== KEYS) throw new Error(`${count} of ${KEYS} keys were listed.`);
    }
  } finally {
    await close();
  }
}
