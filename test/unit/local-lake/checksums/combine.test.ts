import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { startChecksum } from '../../../../electron/local-lake/checksums/algorithms.ts';
import { combineCrc } from '../../../../electron/local-lake/checksums/combine.ts';

async function sum(algorithm: 'CRC32' | 'CRC32C' | 'CRC64NVME', bytes: Buffer) {
  const running = startChecksum(algorithm);
  running.update(bytes);
  return running.digest();
}

it.each(['CRC32', 'CRC32C', 'CRC64NVME'] as const)('the %s of parts laid end to end is that of the whole', async (algorithm) => {
  for (const sizes of [[0], [1], [5, 0, 7], [1000, 1000, 1000, 3], [65_537, 12]]) {
    const parts = sizes.map((size) => randomBytes(size));
    const sums = await Promise.all(parts.map(async (part) => ({ checksum: await sum(algorithm, part), size: part.length })));
    expect(combineCrc(algorithm, sums)).toBe(await sum(algorithm, Buffer.concat(parts)));
  }
});

it('knows the check values of the CRC catalogue', async () => {
  const check = Buffer.from('123456789');
  expect(Buffer.from(await sum('CRC32', check), 'base64').toString('hex')).toBe('cbf43926');
  expect(Buffer.from(await sum('CRC32C', check), 'base64').toString('hex')).toBe('e3069283');
  expect(Buffer.from(await sum('CRC64NVME', check), 'base64').toString('hex')).toBe('ae8b14860a799888');
});
