import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FolderSizeUpdate, ObjectFilter } from '../../../shared/contract/s3Search.ts';
import { keysConnection, startBackend, type TestBackend } from '../../support/backend.ts';
import { startFaultyProxy, type FaultyProxy } from '../../support/faultyProxy.ts';
import { startLake, type TestLake } from '../../support/lake.ts';

const KEYS = [...Array.from({ length: 2400 }, (_, n) => `data/year=${2020 + (n % 3)}/part-${String(n).padStart(5, '0')}`), 'data/a b+%\n.csv', 'data//double', 'data/한글.csv', 'data/\u{1F600}.csv', 'other/report.csv'];

describe('search and folder sizes below a prefix', () => {
  let lake: TestLake;
  let proxy: FaultyProxy;
  let backend: TestBackend;
  let connectionId: string;
  beforeAll(async () => {
    lake = await startLake();
    const s3 = new S3Client(lake.clientConfig);
    await s3.send(new CreateBucketCommand({ Bucket: 'many' }));
    const queue = [...KEYS];
    await Promise.all(
      Array.from({ length: 16 }, async () => {
        for (let Key = queue.pop(); Key !== undefined; Key = queue.pop()) await s3.send(new PutObjectCommand({ Bucket: 'many', Key, Body: 'xyz' }));
      }),
    );
    proxy = await startFaultyProxy(lake.endpoint);
    backend = await startBackend();
    connectionId = await keysConnection(backend, { ...lake, endpoint: proxy.endpoint });
  }, 60_000);
  afterAll(async () => {
    await backend?.stop();
    await proxy?.close();
    await lake?.stop();
  });

  async function found(filter: Partial<ObjectFilter>, prefix = '') {
    const { id } = await backend.client.s3Search.find({ connectionId, bucket: 'many', prefix, filter: { kind: 'contains', text: '', ...filter } });
    const keys: string[] = [];
    let scanned = 0;
    for (let batch = 0; ; batch += 1) {
      const answer = await backend.client.s3Search.found({ id, batch });
      keys.push(...answer.keys);
      scanned += answer.scanned;
      if (answer.done) return { keys: keys.sort(), scanned };
    }
  }

  it('finds every match once and counts what it looked at', async () => {
    expect(await found({})).toEqual({ keys: KEYS.toSorted(), scanned: KEYS.length });
    expect((await found({ kind: 'glob', text: '*.csv' })).keys).toEqual(KEYS.filter((key) => key.endsWith('.csv')).sort());
    expect((await found({ kind: 'regex', text: '^year=2021/.*99$' }, 'data/')).keys).toEqual(KEYS.filter((key) => /^data\/year=2021\/.*99$/.test(key)).sort());
  });

  it('a batch asked for twice is the same batch', async () => {
    const { id } = await backend.client.s3Search.find({ connectionId, bucket: 'many', prefix: 'other/', filter: { kind: 'contains', text: '' } });
    const first = await backend.client.s3Search.found({ id, batch: 0 });
    expect(await backend.client.s3Search.found({ id, batch: 0 })).toEqual(first);
    await backend.client.s3Search.end({ id });
    await expect(backend.client.s3Search.found({ id, batch: 1 })).rejects.toMatchObject({ code: 'NotFound' });
  });

  it('a regular expression that is none is refused before anything is listed', async () => {
    await expect(found({ kind: 'regex', text: '[' })).rejects.toMatchObject({ code: 'BadInput' });
  });

  it('FAULTS 6: a listing cut short in the middle is asked for again, and nothing is missing', async () => {
    proxy.add({ when: ({ url }) => url.includes('list-type=2'), fault: { kind: 'cut', bytes: 9000 }, times: 3 });
    expect(await found({})).toEqual({ keys: KEYS.toSorted(), scanned: KEYS.length });
    proxy.clear();
  });

  it('FAULTS 20: 403 says what was denied, and where', async () => {
    const denied = '<Error><Code>AccessDenied</Code><Message>no</Message></Error>';
    proxy.add({ when: ({ url }) => url.includes('list-type=2'), fault: { kind: 'answer', status: 403, body: denied } });
    await expect(found({}, 'data/')).rejects.toMatchObject({ code: 'AccessDenied', action: 's3:ListBucket', resource: 's3://many/data/' });
    proxy.clear();
  });

  it('counts objects and bytes of folders, each on its own', async () => {
    const prefixes = ['data/year=2020/', 'data/', 'other/', 'nothing/'];
    const { id } = await backend.client.s3Search.measure({ connectionId, bucket: 'many', prefixes });
    const sizes = new Map<string, FolderSizeUpdate>();
    for (let batch = 0, done = false; !done; batch += 1) {
      const told = await backend.client.s3Search.measured({ id, batch });
      for (const size of told.sizes) sizes.set(size.prefix, size);
      done = told.done;
    }
    expect(prefixes.map((prefix) => sizes.get(prefix))).toEqual(
      prefixes.map((prefix) => {
        const objects = KEYS.filter((key) => key.startsWith(prefix)).length;
        return { prefix, objects, bytes: objects * 3, state: 'done' };
      }),
    );
  });
});
