import { describe, expect, it } from 'vitest';
import { blockRows, PageCache } from '../../../../renderer/grid/pageCache.ts';

function source(total: number) {
  const asked: number[] = [];
  let fail = false;
  const fetch = async (start: number, count: number) => {
    asked.push(start);
    if (fail) throw new Error('gone');
    return { start, cells: [Array.from({ length: Math.min(count, total - start) }, (_, at) => String(start + at))] };
  };
  return { asked, fetch, setFail: (value: boolean) => (fail = value), grow: (rows: number) => (total = rows) };
}

describe('blocks of a result', () => {
  it('reads a block once and the next one ahead', async () => {
    const { asked, fetch } = source(5000);
    const cache = new PageCache(fetch, () => 5000);
    await cache.block(1500);
    await cache.block(1999);
    await cache.range(2000, 2000, 0, 0);
    expect(asked).toEqual([1000, 2000]);
    expect(cache.peek(1500, 0)).toBe('1500');
  });
  it('reads no block after the last row', async () => {
    const { asked, fetch } = source(1200);
    await new PageCache(fetch, () => 1200).block(1100);
    await Promise.resolve();
    expect(asked).toEqual([1000]);
  });
  it('joins a range over several blocks', async () => {
    const { fetch } = source(3000);
    const [column] = await new PageCache(fetch, () => 3000).range(998, 2001, 0, 0);
    expect(column).toHaveLength(1004);
    expect(column?.at(0)).toBe('998');
    expect(column?.at(-1)).toBe('2001');
  });
  it('tries a failed block again', async () => {
    const { fetch, setFail } = source(100);
    const cache = new PageCache(fetch, () => 100);
    setFail(true);
    await expect(cache.block(0)).rejects.toThrow('gone');
    setFail(false);
    expect((await cache.block(0)).cells[0]).toHaveLength(100);
  });
  it('forgets the block that was not full once more rows have come', async () => {
    const { fetch, grow, asked } = source(1500);
    const cache = new PageCache(fetch, () => 1500);
    await cache.block(1000);
    grow(3000);
    cache.forgetPartial();
    expect((await cache.block(1000)).cells[0]).toHaveLength(blockRows);
    expect(asked.filter((start) => start === 1000)).toHaveLength(2);
  });
  it('keeps no more blocks than its capacity', async () => {
    const { fetch } = source(100_000);
    const cache = new PageCache(fetch, () => 100_000, 3);
    for (const row of [0, 10_000, 20_000, 30_000]) await cache.range(row, row, 0, 0);
    expect(cache.peek(0, 0)).toBeUndefined();
    expect(cache.peek(30_000, 0)).toBe('30000');
  });
});
