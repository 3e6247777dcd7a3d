import type { FileHandle } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { BLOCK } from '../../../electron/transfers/download/blocks.ts';
import { intoFile } from '../../../electron/transfers/download/taker.ts';
import { TargetFile } from '../../../electron/transfers/download/targetFile.ts';

test('a block that is being written is not filled again, however the writes before it ended', async () => {
  const finish: (() => void)[] = [];
  const handle = { write: (_bytes: Buffer, _from: number, length: number) => new Promise((resolve) => finish.push(() => resolve({ bytesWritten: length }))) } as unknown as FileHandle;
  const going = intoFile(await TargetFile.over(handle, 'file', 'file'), 0, async (taker) => {
    expect(taker.took(BLOCK)).toBeUndefined(); // the first block is written while the second fills
    const firstWritten = taker.took(BLOCK);
    expect(firstWritten).toBeInstanceOf(Promise);
    finish.shift()!();
    await firstWritten;
    // The second is still on its way to the disk, and would be filled next.
    expect(taker.took(BLOCK)).toBeInstanceOf(Promise);
    for (const end of finish.splice(0)) end();
    let isOver = false;
    const over = taker.end().then(() => (isOver = true));
    while (!isOver) {
      await new Promise((resolve) => setImmediate(resolve));
      for (const end of finish.splice(0)) end();
    }
    await over;
  });
  await going;
});
