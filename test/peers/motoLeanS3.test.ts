import { createHash, randomBytes } from 'node:crypto';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { createLeanS3 } from '../../electron/aws/leanS3.ts';
import { startMoto } from '../support/moto.ts';
import { missing } from '../support/peers.ts';

const reason = missing('moto_server', ['--help']);
const signal = new AbortController().signal;

it.skipIf(reason)(`the lean requests read and write another server than ours ${reason ?? ''}`, async () => {
  const moto = await startMoto();
  const agents = { httpAgent: new HttpAgent({ keepAlive: true }), httpsAgent: new HttpsAgent() };
  const s3 = new S3Client({ region: 'us-east-1', credentials: { accessKeyId: 'AKIAMOTO', secretAccessKey: 'secret' }, endpoint: moto.endpoint, forcePathStyle: true });
  const lean = createLeanS3(() => s3, agents);
  try {
    await s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
    for (const key of ['plain', 'sp ace +%25&=?#', "quotes'\"()*!~", 'emoji 🌊 한글 é', 'a'.repeat(1000)]) {
      const body = randomBytes(300_000);
      const put = await lean.put({ bucket: 'bucket', key, headers: { 'content-length': String(body.length) }, body, signal });
      expect(put?.etag).toBe(`"${createHash('md5').update(body).digest('hex')}"`);
      const back = Buffer.alloc(body.length);
      let got = 0;
      await lean.get({ bucket: 'bucket', key, headers: {}, signal }, () => ({ space: () => back.subarray(got), took: (count) => void (got += count) }));
      expect(back.equals(body), key).toBe(true);
    }
  } finally {
    lean.close();
    s3.destroy();
    moto.stop();
  }
});
