import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { parse } from '../../../../electron/services/files/engine/parse.ts';
import { imageSize } from '../../../../electron/services/files/engine/images.ts';
import { unfoldHead, zstdWindow } from '../../../../electron/services/files/engine/unfold.ts';
import { countedSource } from '../../../support/countedSource.ts';

const read = (name: string, bytes: Uint8Array, encoding?: 'euc-kr' | 'windows-1252') => parse(countedSource(name, bytes, 256 * 1024), { rows: 10, encoding });

/** Bytes of letters as an old encoding has them, from the decoder itself. */
function encoded(text: string, label: string): Buffer {
  const table = new Map<string, Buffer>();
  const decoder = new TextDecoder(label);
  for (let lead = 0x81; lead <= 0xfe; lead += 1) for (let trail = 0x40; trail <= 0xfe; trail += 1) table.set(decoder.decode(Uint8Array.of(lead, trail)), Buffer.from([lead, trail]));
  return Buffer.concat([...text].map((letter) => (letter < '\x80' ? Buffer.from(letter) : table.get(letter)!)));
}

describe('encodings', () => {
  const korean = '이름,도시\n홍길동,서울특별시\n김철수,부산광역시 해운대구\n이영희,대전에서 살고 있습니다\n';
  test.each([
    ['euc-kr', 'EUC-KR', korean],
    ['shift_jis', 'Shift_JIS', '名前,都市\n山田太郎,東京都の千代田区です\n鈴木花子,大阪府の大阪市にあります\n'],
    ['gb18030', 'GB18030', '姓名,城市\n张三,北京市朝阳区的一个地方\n李四,上海市浦东新区是一个城市\n'],
  ])('%s is found out by its letters', async (label, name, text) => {
    const shown = await read('people.csv', encoded(text, label));
    expect(shown).toMatchObject({ kind: 'table', encoding: name });
    if (shown.kind === 'table') expect(shown.columns[0]!.name).toBe(text.slice(0, text.indexOf(',')));
  });

  test('UTF-8 and UTF-16 with and without marks, and what is chosen goes before what is guessed', async () => {
    expect(await read('a.txt', Buffer.from('\ufeff날짜'))).toMatchObject({ text: '날짜', encoding: 'UTF-8' });
    expect(await read('a.txt', Buffer.from('plain letters here', 'utf16le'))).toMatchObject({ text: 'plain letters here', encoding: 'UTF-16LE' });
    expect(await read('a.txt', Buffer.from('caf\xe9', 'latin1'))).toMatchObject({ text: 'café', encoding: 'ISO-8859-1' });
    expect(await read('a.csv', encoded('도시,수\n서울,1\n', 'euc-kr'))).toMatchObject({ encoding: 'EUC-KR', cells: [['서울'], ['1']] });
    expect(await read('a.txt', encoded('서울', 'euc-kr'), 'euc-kr')).toMatchObject({ text: '서울', encoding: 'EUC-KR' });
    expect(await read('a.txt', encoded('서울', 'euc-kr'), 'windows-1252')).toMatchObject({ text: '¼\xad¿ï', encoding: 'WINDOWS-1252' });
  });
});

describe('compressed text', () => {
  const csv = Buffer.from('a,b\n1,2\n3,4\n');
  // Made by the zstd and bzip2 programs.
  const zstd = Buffer.from('KLUv/QRYYQAAYSxiCjEsMgozLDQK4bPLLg==', 'base64');
  const bzip2 = Buffer.from('QlpoOTFBWSZTWQMMHxsAAAVZAAAQAAQ8ADAAIAAiHqGIQwInNOOAHi7kinChIAYYPjY=', 'base64');

  test('the window of a zstd frame', () => {
    expect(zstdWindow(zstd)).toBe(2 ** 21);
    expect(zstdWindow(Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xf8]), Buffer.alloc(20)]))).toBe(2 ** 41);
  });

  test.each([['zstd', zstd, 't.csv.zst'], ['bzip2', bzip2, 't.csv.bz2']] as const)('%s of CSV', async (compression, bytes, name) => {
    expect(await read(name, bytes)).toMatchObject({ kind: 'table', format: 'csv', compression, totalRows: 2, cells: [['1', '3'], ['2', '4']] });
  });

  test('gzip of gzip of CSV; names lose their endings', async () => {
    expect(await read('t.csv.gz', gzipSync(csv))).toMatchObject({ kind: 'table', format: 'csv', compression: 'gzip', totalRows: 2 });
    expect(await read('t.csv.gz.gz', gzipSync(gzipSync(csv)))).toMatchObject({ kind: 'table', compression: 'gzip in gzip' });
  });

  test('FAULTS 24: compressed data cut at any byte shows what could be unfolded, and says that it ends early', async () => {
    const file = gzipSync(Buffer.from(Array.from({ length: 400 }, (_, at) => `${at},${at * 31}\n`).join('')));
    for (let at = 20; at < file.length; at += 1) {
      const shown = await read('t.csv.gz', file.subarray(0, at)).catch((error: Error) => error);
      if (shown instanceof Error || shown.kind !== 'table') continue;
      expect(shown.facts.some(({ label }) => label === 'Cut short')).toBe(true);
    }
    for (let at = 4; at < zstd.length; at += 1) await unfoldHead('zstd', zstd.subarray(0, at), 1000, true).catch((error: Error) => expect(error.message.length).toBeGreaterThan(3));
    await unfoldHead('bzip2', bzip2, 1000, true).catch((error: Error) => expect(error.message.length).toBeGreaterThan(3));
  });

  test('FAULTS 24: a zstd frame that asks for two terabytes of memory is refused', async () => {
    await expect(unfoldHead('zstd', Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xf8]), Buffer.alloc(20)]), 1000)).rejects.toThrow(/window/);
  });
});

describe('bounds', () => {
  test('FAULTS 24: a picture that unfolds to a billion pixels, an endless line and an endless cell are cut or refused', async () => {
    const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
    const huge = Buffer.from(png);
    huge.writeUInt32BE(40_000, 16);
    huge.writeUInt32BE(40_000, 20);
    expect(await read('huge.png', huge)).toMatchObject({ kind: 'hex', reason: expect.stringContaining('40000 × 40000') });
    const line = await read('line.txt', Buffer.from('x'.repeat(200_000)));
    expect(line).toMatchObject({ kind: 'text', text: expect.stringMatching(/190000 more characters/) });
    const cell = await read('cell.csv', Buffer.from(`a,b\n1,${'y'.repeat(100_000)}\n`));
    if (cell.kind === 'table') expect(cell.cells[1]![0]).toHaveLength(20_001);
  });

  test('sizes of pictures by their first bytes', () => {
    const gif = Buffer.concat([Buffer.from('GIF89a'), Buffer.from([0x40, 1, 0xc8, 0])]);
    expect(imageSize('image/gif', gif)).toEqual({ width: 320, height: 200 });
    const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, 0, 50, 0, 100, 1, 0, 0, 0]);
    expect(imageSize('image/jpeg', jpeg)).toEqual({ width: 100, height: 50 });
    for (let at = 0; at < jpeg.length; at += 1) imageSize('image/jpeg', jpeg.subarray(0, at));
    expect(imageSize('image/png', Buffer.alloc(10))).toBeUndefined();
  });
});
