import { expect, test } from 'vitest';
import { createRecordCutter, oddQuotes, wholeRecords } from '../../../electron/results/csvRecords.ts';

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

test('wherever a stream is cut into pieces, the records come out whole and in order', () => {
  const csv = '"a","1"\n"b\nb",""\n"c""",\n\n"d","4"\n"last, without its end"';
  for (let size = 1; size < csv.length; size++) {
    const cutter = createRecordCutter();
    let all = '';
    for (let at = 0; at < csv.length; at += size) {
      const last = at + size >= csv.length;
      const records = Buffer.concat(cutter.cut(Buffer.from(csv.slice(at, at + size)), last)).toString();
      all += records;
      if (!last) expect(['', '"a","1"\n', '"a","1"\n"b\nb",""\n', '"a","1"\n"b\nb",""\n"c""",\n', '"a","1"\n"b\nb",""\n"c""",\n\n', '"a","1"\n"b\nb",""\n"c""",\n\n"d","4"\n']).toContain(all);
    }
    expect(all).toBe(csv);
  }
});
