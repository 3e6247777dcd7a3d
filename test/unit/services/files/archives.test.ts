import { gzipSync } from 'node:zlib';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter, configure, TextReader } from '@zip.js/zip.js';
import { describe, expect, test } from 'vitest';
import { listEntries } from '../../../../electron/services/files/engine/archive.ts';
import { parse } from '../../../../electron/services/files/engine/parse.ts';
import { paxRecords } from '../../../../electron/services/files/engine/tar.ts';
import { tarHeader, tarOf, zipOfOne } from '../../../support/archives.ts';
import { countedSource } from '../../../support/countedSource.ts';

configure({ useWebWorkers: false });

async function zipOf(files: Record<string, string | Uint8Array>, options: { zip64?: boolean; level?: number } = {}): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter());
  for (const [name, content] of Object.entries(files)) {
    if (name.endsWith('/')) await writer.add(name, undefined, { directory: true });
    else await writer.add(name, typeof content === 'string' ? new TextReader(content) : new Uint8ArrayReader(content), options);
  }
  return writer.close();
}
const noise = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 7919 * (at % 251)) & 0xff);

describe('zip', () => {
  test.each([{ zip64: false }, { zip64: true }])('entries by the directory at the end ($zip64 Zip64), one entry by its own ranges', async ({ zip64 }) => {
    const file = await zipOf({ 'big.bin': noise(900_000), 'data/': '', 'data/한글.csv': 'a,b\n1,2\n', 'more.bin': noise(900_000) }, { zip64, level: 0 });
    const source = countedSource('x.jar', file);
    const shown = await parse(source, { rows: 10 });
    expect(shown).toMatchObject({ kind: 'archive', format: 'zip', total: 4 });
    if (shown.kind !== 'archive') return;
    expect(shown.entries.map(({ name, kind, size }) => [name, kind, size])).toEqual([['big.bin', 'file', 900_000], ['data/', 'folder', 0], ['data/한글.csv', 'file', 8], ['more.bin', 'file', 900_000]]);
    expect(source.bytesRead()).toBeLessThan(150_000);
    const inner = countedSource('x.jar', file);
    expect(await parse(inner, { rows: 10, entry: shown.entries[2]! })).toMatchObject({ kind: 'table', format: 'csv', cells: [['1'], ['2']] });
    expect(inner.bytesRead()).toBeLessThan(20_000);
  });

  test('a thousand entries a page', async () => {
    const file = await zipOf(Object.fromEntries(Array.from({ length: 1203 }, (_, at) => [`f${at}`, 'x'])));
    const first = await listEntries(countedSource('many.zip', file), { from: 0 });
    expect(first).toMatchObject({ next: 1000 });
    expect(first.entries).toHaveLength(1000);
    const rest = await listEntries(countedSource('many.zip', file), { from: 1000 });
    expect(rest).toMatchObject({ total: 1203 });
    expect(rest.entries.map(({ name }) => name)).toEqual(Array.from({ length: 203 }, (_, at) => `f${at + 1000}`));
  });

  test('FAULTS 24: a bomb unfolds no further than a preview, whatever its headers say', async () => {
    const bomb = zipOfOne('bomb.csv', Buffer.alloc(200_000_000, 'a,b\n'), { size: 100 });
    const shown = await parse(countedSource('bomb.zip', bomb), { rows: 10 });
    if (shown.kind !== 'archive') throw new Error(shown.kind);
    expect(await parse(countedSource('bomb.zip', bomb), { rows: 10, entry: shown.entries[0]! })).toMatchObject({ kind: 'table', format: 'csv' });
  });

  test('FAULTS 24: a zip file cut at any boundary fails or lists what is whole; entries that point elsewhere fail', async () => {
    const file = Buffer.from(await zipOf({ 'a.txt': 'hello', 'b.csv': 'a,b\n1,2\n' }));
    for (let at = 4; at < file.length; at += 1) await listEntries(countedSource('cut.zip', file.subarray(0, at)), { from: 0 }).catch((error: Error) => expect(error.message.length).toBeGreaterThan(3));
    const entry = { container: 'zip' as const, name: 'a.txt', size: 5, compressedSize: 5 };
    await expect(parse(countedSource('x.zip', file), { rows: 1, entry: { ...entry, offset: 3 } })).rejects.toThrow(/no entry/);
    await expect(parse(countedSource('x.zip', file), { rows: 1, entry: { ...entry, offset: 2 ** 40 } })).rejects.toThrow(/outside|no entry/);
    await expect(parse(countedSource('x.zip', file), { rows: 1, entry: { ...entry, offset: 0, compressedSize: 2 ** 40 } })).rejects.toThrow(/outside/);
  });
});

describe('tar', () => {
  const long = `${'deep/'.repeat(40)}file.csv`;
  const files = { 'readme.md': '# Hi', 'd/': '', 'd/rows.csv': 'a,b\n1,2\n', [long]: 'x,y\n3,4\n' };

  test('entries by hopping over headers: what lies between is not read', async () => {
    const file = tarOf({ 'big.bin': Buffer.alloc(3_000_000, 1), ...files });
    const source = countedSource('x.tar', file);
    const shown = await parse(source, { rows: 10 });
    if (shown.kind !== 'archive') throw new Error(shown.kind);
    expect(shown.entries.map(({ name, kind, size }) => [name, kind, size])).toEqual([['big.bin', 'file', 3_000_000], ['readme.md', 'file', 4], ['d/', 'folder', 0], ['d/rows.csv', 'file', 8], [long, 'file', 8]]);
    expect(source.bytesRead()).toBeLessThan(100_000);
    expect(await parse(countedSource('x.tar', file), { rows: 10, entry: shown.entries[4]! })).toMatchObject({ kind: 'table', cells: [['3'], ['4']] });
  });

  test('tar.gz: the first bytes are unfolded; what lies beyond is said to be unknown', async () => {
    const shown = await parse(countedSource('x.tar.gz', gzipSync(tarOf(files)), 1_000_000), { rows: 10 });
    expect(shown).toMatchObject({ kind: 'archive', format: 'tar', compression: 'gzip' });
    if (shown.kind !== 'archive') return;
    expect(shown.partial).toBeUndefined();
    expect(await parse(countedSource('x.tgz', gzipSync(tarOf(files))), { rows: 10, entry: shown.entries[2]! })).toMatchObject({ kind: 'table', cells: [['1'], ['2']] });
    const big = gzipSync(Buffer.concat([tarHeader('big.bin', 40_000_000), Buffer.alloc(40_000_000), tarOf(files)]));
    expect(await parse(countedSource('big.tar.gz', big), { rows: 10 })).toMatchObject({ kind: 'archive', partial: 'head', entries: [{ name: 'big.bin' }] });
  });

  test('sizes beyond 8 GiB', async () => {
    const shown = await listEntries(countedSource('huge.tar', Buffer.concat([tarHeader('huge', 20_000_000_000, '0', { base256: true }), Buffer.alloc(1024)])), { from: 0 });
    expect(shown).toMatchObject({ entries: [{ name: 'huge', size: 20_000_000_000 }], partial: 'cut' });
  });

  test('FAULTS 24: cut at any block, or with a bent header, the list ends there and says so', async () => {
    const file = tarOf(files);
    const whole = await listEntries(countedSource('x.tar', file), { from: 0 });
    for (let at = 512; at < file.length; at += 256) {
      const shown = await listEntries(countedSource('x.tar', file.subarray(0, at)), { from: 0 });
      expect(shown.entries).toEqual(whole.entries.slice(0, shown.entries.length));
    }
    const bent = Buffer.from(file);
    bent[1024 + 3]! ^= 0xff;
    expect(await listEntries(countedSource('x.tar', bent), { from: 0 })).toMatchObject({ partial: 'cut', entries: [{ name: 'readme.md' }] });
  });

  test('attributes that are no attributes are left alone', () => {
    expect([...paxRecords(Buffer.from('11 path=ab\n999999 x=1\n'))]).toEqual([['path', 'ab']]);
    expect([...paxRecords(Buffer.from('0 a=1\nx'))]).toEqual([]);
  });
});
