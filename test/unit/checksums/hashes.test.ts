import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { ObjectHash, startHash } from '../../../electron/checksums/hashes.ts';
import { expectedChecksum } from '../../../electron/transfers/download/checksum.ts';

const bytes = randomBytes(100_000);
const sha256 = (of: Uint8Array) => createHash('sha256').update(of).digest();

test('check values of the algorithms', () => {
  const of = (algorithm: Parameters<typeof startHash>[0]) => {
    const hash = startHash(algorithm);
    hash.update(Buffer.from('123456789'));
    return hash.digest().toString('hex');
  };
  expect([of('CRC32'), of('CRC32C'), of('CRC64NVME')]).toEqual(['cbf43926', 'e3069283', 'ae8b14860a799888']);
});

test.each([1, 999, 30_000, 100_000])('however they come (%d at a time), parts give S3’s checksum of checksums', (step) => {
  const pieces = [30_000, 50_000, 20_000];
  const hash = new ObjectHash('SHA256', pieces, true);
  for (let at = 0; at < bytes.length; at += step) hash.update(bytes.subarray(at, at + step));
  const parts = [bytes.subarray(0, 30_000), bytes.subarray(30_000, 80_000), bytes.subarray(80_000)].map(sha256);
  expect(hash.digest()).toBe(`${sha256(Buffer.concat(parts)).toString('base64')}-3`);
});

test('an ETag is the MD5 only of an object in one piece under no key of KMS or the customer', () => {
  const ETag = '"9e107d9d372bb6826bd81d3542a419d6"';
  expect(expectedChecksum('full', { ETag })).toEqual({ algorithm: 'MD5', value: 'nhB9nTcrtoJr2B01QqQZ1g==', composite: false });
  expect(expectedChecksum('full', { ETag, ServerSideEncryption: 'AES256' })).toMatchObject({ algorithm: 'MD5' });
  expect(expectedChecksum('full', { ETag, ServerSideEncryption: 'aws:kms' })).toBeUndefined();
  expect(expectedChecksum('full', { ETag, SSECustomerAlgorithm: 'AES256' })).toBeUndefined();
  expect(expectedChecksum('full', { ETag: '"9e107d9d372bb6826bd81d3542a419d6-3"' })).toBeUndefined();
  expect(expectedChecksum('full', { ETag, ChecksumCRC32: 'AAAAAA==' })).toEqual({ algorithm: 'CRC32', value: 'AAAAAA==', composite: false, unsure: false });
  expect(expectedChecksum('none', { ETag, ChecksumCRC32: 'AAAAAA==' })).toBeUndefined();
});
