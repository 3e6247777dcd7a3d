import { CopyObjectCommand, CreateBucketCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, RestoreObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startLake, type TestLake } from '../../support/lake.ts';
import { checkAgainstModel, type ModelCheck } from '../../support/s3Model.ts';

let lake: TestLake;
let s3: S3Client;
let check: ModelCheck;
const Bucket = 'archive';
beforeAll(async () => {
  process.env.SECCHI_RESTORE_MS = '1500';
  lake = await startLake();
  delete process.env.SECCHI_RESTORE_MS;
  s3 = new S3Client({ ...lake.clientConfig, maxAttempts: 1 });
  check = checkAgainstModel(s3);
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(async () => {
  s3?.destroy();
  await lake?.stop();
  expect(check.findings, 'answers the service model does not know').toEqual([]);
});

const fails = (name: string, status: number) => expect.objectContaining({ name, $metadata: expect.objectContaining({ httpStatusCode: status }) });
const put = (Key: string, StorageClass: 'GLACIER' | 'DEEP_ARCHIVE' | 'GLACIER_IR' | 'STANDARD_IA') => s3.send(new PutObjectCommand({ Bucket, Key, Body: Key, StorageClass }));
const text = async (Key: string) => (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body!.transformToString();
const restore = (Key: string, Tier: 'Standard' | 'Expedited' = 'Standard', Days = 2) => s3.send(new RestoreObjectCommand({ Bucket, Key, RestoreRequest: { Days, GlacierJobParameters: { Tier } } }));
const listed = async (Key: string) => (await s3.send(new ListObjectsV2Command({ Bucket, Prefix: Key, OptionalObjectAttributes: ['RestoreStatus'] }))).Contents![0]!;

it('an archived object can be read only after its restore, and says how far that is', async () => {
  await put('cold', 'GLACIER');
  await expect(text('cold')).rejects.toMatchObject({ name: 'InvalidObjectState', StorageClass: 'GLACIER', $metadata: { httpStatusCode: 403 } });
  await expect(s3.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/cold` }))).rejects.toEqual(fails('InvalidObjectState', 403));
  expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'cold' }))).StorageClass).toBe('GLACIER');
  expect((await restore('cold')).$metadata.httpStatusCode).toBe(202);
  expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'cold' }))).Restore).toBe('ongoing-request="true"');
  expect((await listed('cold')).RestoreStatus).toEqual({ IsRestoreInProgress: true });
  await expect(restore('cold')).rejects.toEqual(fails('RestoreAlreadyInProgress', 409));
  await expect.poll(async () => text('cold').catch(() => undefined), { timeout: 10_000 }).toBe('cold');
  const { Restore } = await s3.send(new HeadObjectCommand({ Bucket, Key: 'cold' }));
  expect(Restore).toMatch(/^ongoing-request="false", expiry-date="\w{3}, \d\d \w{3} \d{4} 00:00:00 GMT"$/);
  expect((await listed('cold')).RestoreStatus).toMatchObject({ IsRestoreInProgress: false, RestoreExpiryDate: expect.any(Date) });
  expect((await restore('cold', 'Standard', 9)).$metadata.httpStatusCode).toBe(200);
  // Restored, it can be copied onto itself into another class.
  await s3.send(new CopyObjectCommand({ Bucket, Key: 'cold', CopySource: `${Bucket}/cold`, StorageClass: 'STANDARD_IA' }));
  expect([await text('cold'), (await listed('cold')).StorageClass]).toEqual(['cold', 'STANDARD_IA']);
});

it('refuses restores that make no sense', async () => {
  await put('deep', 'DEEP_ARCHIVE');
  await put('instant', 'GLACIER_IR');
  expect(await text('instant')).toBe('instant');
  await expect(restore('deep', 'Expedited')).rejects.toEqual(fails('InvalidArgument', 400));
  await expect(restore('deep', 'Standard', 0)).rejects.toEqual(fails('MalformedXML', 400));
  await expect(restore('instant')).rejects.toEqual(fails('InvalidObjectState', 403));
  await expect(restore('absent')).rejects.toEqual(fails('NoSuchKey', 404));
  await expect(s3.send(new CopyObjectCommand({ Bucket, Key: 'instant', CopySource: `${Bucket}/instant` }))).rejects.toEqual(fails('InvalidRequest', 400));
});
