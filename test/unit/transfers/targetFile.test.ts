import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BLOCK, withBlocks, type Block } from '../../../electron/transfers/download/blocks.ts';
import { TargetFile } from '../../../electron/transfers/download/targetFile.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(path.join(tmpdir(), 'secchi-target-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes `bytes` block by block, the last one first. */
async function writeBackwards(file: TargetFile, bytes: Buffer, [block]: Block[]): Promise<void> {
  for (let at = Math.floor((bytes.length - 1) / BLOCK) * BLOCK; at >= 0; at -= BLOCK) {
    const count = Math.min(BLOCK, bytes.length - at);
    bytes.copy(block!.bytes, 0, at, at + count);
    await file.write(block!, count, at);
  }
  await file.sync();
  await file.close();
}

test.each([5 * BLOCK, 3 * BLOCK + 4096, 2 * BLOCK + 1, 17])('a file of %i bytes is what was written, past the cache or not', async (size) => {
  const bytes = randomBytes(size);
  for (const ahead of [size, undefined]) {
    const at = path.join(folder, `${size}-${ahead}`);
    await withBlocks(async (blocks) => writeBackwards(await TargetFile.over(await open(at, 'wx+'), at, 'file', ahead), bytes, blocks));
    expect(readFileSync(at).equals(bytes)).toBe(true);
  }
});

test('memory beyond what is aligned is of the usual kind, and works the same', async () => {
  const many = 60;
  const kinds = await Promise.all(Array.from({ length: many }, () => withBlocks(async (blocks) => {
    await new Promise((resolve) => setImmediate(resolve));
    return blocks.map(({ bytes, aligned }) => (bytes.length === BLOCK ? aligned : undefined));
  })));
  expect(kinds.flat().filter((aligned) => aligned === false)).toHaveLength(2 * many - 96);
  expect(kinds.flat()).not.toContain(undefined);
});

test('a file system that refuses a direct write gets the block through its cache', async () => {
  const at = path.join(folder, 'refused');
  const real = await open(at, 'wx+');
  const refusing = { write: () => Promise.reject(Object.assign(new Error('EINVAL'), { code: 'EINVAL' })), close: async () => undefined } as unknown as FileHandle;
  const bytes = randomBytes(2 * BLOCK);
  const file = await TargetFile.over(real, at, 'file');
  Object.assign(file, { direct: refusing });
  await withBlocks((blocks) => writeBackwards(file, bytes, blocks));
  expect(readFileSync(at).equals(bytes)).toBe(true);
});
