import { describe, expect, it } from 'vitest';
import { blockRows, PageCache, type FetchPage } from '../../../../renderer/grid/pageCache.ts';

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

const cacheOf = (fetch: FetchPage, rows: number, capacity?: number) => new PageCache({ fetch, rows, columnCount: 1, capacity });

describe('blocks of a result', () => {
  it('reads a block once and the next one ahead', async () => {
    const { asked, fetch } = source(5000);
    const cache = cacheOf(fetch, 5000);
    await cache.block(1500, [0]);
    await cache.block(1999, [0]);
    await cache.range(2000, 2000, [0]);
    expect(asked).toEqual([1000, 2000]);
    expect(cache.peek(1500, 0)).toBe('1500');
  });
  it('reads no block after the last row', async () => {
    const { asked, fetch } = source(1200);
    await cacheOf(fetch, 1200).block(1100, [0]);
    await Promise.resolve();
    expect(asked).toEqual([1000]);
  });
  it('joins a range over several blocks', async () => {
    const { fetch } = source(3000);
    const [column] = await cacheOf(fetch, 3000).range(998, 2001, [0]);
    expect(column).toHaveLength(1004);
    expect(column?.at(0)).toBe('998');
    expect(column?.at(-1)).toBe('2001');
  });
  it('tries a failed block again', async () => {
    const { fetch, setFail } = source(100);
    const cache = cacheOf(fetch, 100);
    setFail(true);
    await expect(cache.block(0, [0])).rejects.toThrow('gone');
    setFail(false);
    await cache.block(0, [0]);
    expect(cache.peek(99, 0)).toBe('99');
  });
  it('forgets the block that was not full once more rows have come', async () => {
    const { fetch, grow, asked } = source(1500);
    const cache = cacheOf(fetch, 1500);
    await cache.block(1000, [0]);
    grow(3000);
    cache.grow(3000);
    await cache.block(1000, [0]);
    expect(cache.peek(1000 + blockRows - 1, 0)).toBe('1999');
    expect(asked.filter((start) => start === 1000)).toHaveLength(2);
  });
  it('keeps no more blocks than its capacity', async () => {
    const { fetch } = source(100_000);
    const cache = cacheOf(fetch, 100_000, 3);
    for (const row of [0, 10_000, 20_000, 30_000]) await cache.range(row, row, [0]);
    expect(cache.peek(0, 0)).toBeUndefined();
    expect(cache.peek(30_000, 0)).toBe('30000');
  });
  it('asks only for the columns that are wanted of a wide result', async () => {
    const asked: number[][] = [];
    const fetch: FetchPage = async (start, count, columns) => {
      asked.push(columns);
      return { start, cells: columns.map((column) => Array.from({ length: count }, (_, at) => `${start + at}:${column}`)) };
    };
    const cache = new PageCache({ fetch, rows: 10, columnCount: 500 });
    await cache.block(0, [0, 1, 45]);
    expect(asked.flat()).toEqual(Array.from({ length: 80 }, (_, i) => i));
    expect(cache.peek(3, 45)).toBe('3:45');
    expect(cache.peek(3, 499)).toBeUndefined();
    expect(await cache.range(2, 3, [499, 1])).toEqual([['2:499', '3:499'], ['2:1', '3:1']]);
    expect(asked.at(-1)).toEqual(Array.from({ length: 20 }, (_, i) => 480 + i));
  });
});
