import { S3Client } from '@aws-sdk/client-s3';
import { onTestFinished } from 'vitest';
import { startFaultyProxy } from './faultyProxy.ts';
import { startLake } from './lake.ts';

/** An empty lake behind a proxy of faults, for one test. `s3` goes past the proxy; `env` signs a backend in to it. */
export async function proxiedLake() {
  const lake = await startLake();
  onTestFinished(() => lake.stop());
  const proxy = await startFaultyProxy(lake.endpoint);
  onTestFinished(() => proxy.close());
  const { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY } = lake.credentials;
  return { lake, proxy, s3: new S3Client(lake.clientConfig), env: { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } };
}
