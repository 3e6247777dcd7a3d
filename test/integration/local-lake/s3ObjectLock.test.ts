import {
  CreateBucketCommand, DeleteObjectCommand, DeleteObjectsCommand, GetObjectLegalHoldCommand, GetObjectLockConfigurationCommand, GetObjectRetentionCommand, HeadObjectCommand, PutBucketVersioningCommand,
  PutObjectCommand, PutObjectLegalHoldCommand, PutObjectLockConfigurationCommand, PutObjectRetentionCommand, S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startLake, type TestLake } from '../../support/lake.ts';
import { checkAgainstModel, type ModelCheck } from '../../support/s3Model.ts';

let lake: TestLake;
let s3: S3Client;
let check: ModelCheck;
const Bucket = 'locked';
beforeAll(async () => {
  lake = await startLake();
  s3 = new S3Client({ ...lake.clientConfig, maxAttempts: 1 });
  check = checkAgainstModel(s3);
  await s3.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
});
afterAll(async () => {
  s3?.destroy();
  await lake?.stop();
  expect(check.findings, 'answers the service model does not know').toEqual([]);
});

const fails = (name: string, status: number) => expect.objectContaining({ name, $metadata: expect.objectContaining({ httpStatusCode: status }) });
const put = async (Key: string, more: object = {}) => (await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x', ...more }))).VersionId!;
const remove = (Key: string, VersionId?: string, BypassGovernanceRetention?: boolean) => s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId, BypassGovernanceRetention }));
const later = (hours: number) => new Date(Math.floor(Date.now() / 1000 + hours * 3600) * 1000);
const retain = (Key: string, Mode: 'GOVERNANCE' | 'COMPLIANCE', hours: number, BypassGovernanceRetention?: boolean) =>
  s3.send(new PutObjectRetentionCommand({ Bucket, Key, Retention: { Mode, RetainUntilDate: later(hours) }, BypassGovernanceRetention }));

it('a retained version cannot be removed for good, a marker above it can be made', async () => {
  const id = await put('k', { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: later(1) });
  expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))).toMatchObject({ ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: expect.any(Date) });
  await expect(remove('k', id)).rejects.toEqual(fails('AccessDenied', 403));
  const many = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'k', VersionId: id }] } }));
  expect(many.Errors).toMatchObject([{ Key: 'k', VersionId: id, Code: 'AccessDenied' }]);
  const marker = await remove('k');
  expect(marker.DeleteMarker).toBe(true);
  await remove('k', marker.VersionId);
  await remove('k', id, true);
  await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))).rejects.toEqual(fails('NotFound', 404));
});

it('a retention can be lengthened by anybody, shortened by none (governance: by the bypass)', async () => {
  await put('r');
  await expect(s3.send(new GetObjectRetentionCommand({ Bucket, Key: 'r' }))).rejects.toEqual(fails('NoSuchObjectLockConfiguration', 404));
  await retain('r', 'GOVERNANCE', 2);
  await expect(retain('r', 'GOVERNANCE', 1)).rejects.toEqual(fails('AccessDenied', 403));
  await retain('r', 'GOVERNANCE', 1, true);
  await retain('r', 'COMPLIANCE', 3);
  await expect(retain('r', 'COMPLIANCE', 1, true)).rejects.toEqual(fails('AccessDenied', 403));
  expect((await s3.send(new GetObjectRetentionCommand({ Bucket, Key: 'r' }))).Retention!.Mode).toBe('COMPLIANCE');
  await expect(retain('r', 'COMPLIANCE', -1)).rejects.toEqual(fails('InvalidArgument', 400));
});

it('a legal hold keeps a version until it is lifted', async () => {
  const VersionId = await put('h', { ObjectLockLegalHoldStatus: 'ON' });
  expect((await s3.send(new GetObjectLegalHoldCommand({ Bucket, Key: 'h' }))).LegalHold).toEqual({ Status: 'ON' });
  await expect(remove('h', VersionId, true)).rejects.toEqual(fails('AccessDenied', 403));
  await s3.send(new PutObjectLegalHoldCommand({ Bucket, Key: 'h', VersionId, LegalHold: { Status: 'OFF' } }));
  await remove('h', VersionId);
});

it('a bucket gives its default retention, and cannot lose its versions', async () => {
  expect((await s3.send(new GetObjectLockConfigurationCommand({ Bucket }))).ObjectLockConfiguration).toEqual({ ObjectLockEnabled: 'Enabled' });
  await s3.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 1 } } } }));
  await put('d');
  expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'd' }))).ObjectLockMode).toBe('GOVERNANCE');
  await expect(s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } }))).rejects.toEqual(fails('InvalidBucketState', 409));
  await s3.send(new CreateBucketCommand({ Bucket: 'plain' }));
  await expect(s3.send(new GetObjectLockConfigurationCommand({ Bucket: 'plain' }))).rejects.toEqual(fails('ObjectLockConfigurationNotFoundError', 404));
  await expect(s3.send(new PutObjectCommand({ Bucket: 'plain', Key: 'k', Body: '', ObjectLockLegalHoldStatus: 'ON' }))).rejects.toEqual(fails('InvalidRequest', 400));
});
