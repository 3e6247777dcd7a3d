import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { combineAll, combineCrc32, crc32ToBase64 } from '../../../electron/transfers/crc32.ts';
import { MAX_PARTS, partSizeFor, partsOf } from '../../../electron/transfers/upload/partSize.ts';

const MIB = 1024 * 1024;

test('FAULTS 15: the part size grows where a file would need over 10,000 parts', () => {
  for (const size of [1, 8 * MIB, 80_000 * MIB, 80_000 * MIB + 1, 1024 ** 4, 5 * 1024 ** 4, 48 * 1024 ** 4]) {
    const partSize = partSizeFor(size);
    expect(Math.ceil(size / partSize)).toBeLessThanOrEqual(MAX_PARTS);
    expect(partSize).toBeGreaterThanOrEqual(8 * MIB);
    expect(partSize).toBeLessThanOrEqual(5 * 1024 ** 3);
  }
  expect(partSizeFor(80_000 * MIB)).toBe(8 * MIB);
  expect(partSizeFor(80_000 * MIB + 1)).toBe(9 * MIB);
});

test('parts cover a file without gap or overlap', () => {
  const size = 20 * MIB + 3;
  const parts = [...partsOf(size, 8 * MIB)];
  expect(parts.map((part) => part.number)).toEqual([1, 2, 3]);
  expect(parts.reduce((at, part) => (expect(part.offset).toBe(at), at + part.length), 0)).toBe(size);
});

test('CRCs of pieces make the CRC of the whole', () => {
  const pieces = [randomBytes(1), randomBytes(0), randomBytes(70_001), randomBytes(333)];
  expect(combineAll(pieces.map((piece) => ({ crc32: crc32(piece), size: piece.length })))).toBe(crc32(Buffer.concat(pieces)));
  expect(combineCrc32(0, crc32('x'), 1)).toBe(crc32('x'));
});

test('the text form is the one S3 uses', () => {
  // The check value of CRC-32/ISO-HDLC over "123456789" is cbf43926.
  expect(crc32ToBase64(crc32('123456789'))).toBe(Buffer.from('cbf43926', 'hex').toString('base64'));
});
