import { expect, test } from 'vitest';
import { oddQuotes, wholeRecords } from '../../../../electron/results/engine/csvRecords.ts';

/** The plain way. */
const counted = (bytes: Buffer) => bytes.reduce((odd, byte) => (byte === 0x22 ? odd ^ 1 : odd), 0);

test('quotes are counted right at every length, alignment and byte', () => {
  const all = Buffer.from(Array.from({ length: 512 }, (_, i) => (i % 5 === 0 ? 0x22 : i % 256)));
  for (let from = 0; from < 9; from++) for (let to = from; to < 300; to += 7) expect(oddQuotes(all.subarray(from, to))).toBe(counted(all.subarray(from, to)));
  // Neighbours of a quote in value, and bytes with the top bit.
  for (const byte of [0x21, 0x22, 0x23, 0xa2, 0x00, 0xff]) expect(oddQuotes(Buffer.alloc(13, byte))).toBe(byte === 0x22 ? 1 : 0);
});

test.each([
  ['"a","b"\n"c"', 8],
  ['"a\nb"', 0],
  ['"a\nb"\n', 6],
  ['"x""\n"\n"y', 7],
  ['\n\n', 2],
  ['', 0],
])('%j begins with %d bytes of whole records', (text, length) => {
  expect(wholeRecords(Buffer.from(text))).toBe(length);
});
