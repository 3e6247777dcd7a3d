import { randomBytes } from 'node:crypto';
import { Crc32c } from '@aws-crypto/crc32c';
import { Crc64Nvme as Reference } from '@aws-sdk/crc64-nvme';
import { expect, it } from 'vitest';
import { crc32c, Crc64Nvme } from '../../../../electron/checksums/crc.ts';

it('computes the check values of both CRCs', () => {
  const crc64 = new Crc64Nvme();
  crc64.update(Buffer.from('123456789'));
  expect([crc32c(Buffer.from('123456789'), 0).toString(16), crc64.digest().toString('hex')]).toEqual(['e3069283', 'ae8b14860a799888']);
});

it('agrees with the SDK for any lengths, alignments and cuts', async () => {
  for (let round = 0; round < 200; round++) {
    const whole = randomBytes(round * 7 + 64);
    const bytes = whole.subarray(round % 9, whole.length - (round % 5));
    const cut = (round * 13) % bytes.length;
    const [small, big, reference] = [new Crc32c(), new Crc64Nvme(), new Reference()];
    small.update(bytes);
    reference.update(bytes);
    big.update(bytes.subarray(0, cut));
    big.update(bytes.subarray(cut));
    expect(crc32c(bytes.subarray(cut), crc32c(bytes.subarray(0, cut), 0))).toBe(small.digest());
    expect(big.digest().toString('hex')).toBe(Buffer.from(await reference.digest()).toString('hex'));
  }
});
