import { expect, test } from 'vitest';
import { add, place, rowsUsed, tidy, type Placed } from '../../../../../renderer/features/dashboards/tileLayout.ts';

const tile = (id: string, x: number, y: number, w: number, h: number): Placed => ({ id, at: { x, y, w, h } });
const overlaps = (tiles: readonly Placed[]) => tiles.flatMap((a, i) => tiles.slice(i + 1).filter((b) => a.at.x < b.at.x + b.at.w && b.at.x < a.at.x + a.at.w && a.at.y < b.at.y + b.at.h && b.at.y < a.at.y + a.at.h).map((b) => `${a.id}${b.id}`));
const at = (tiles: readonly Placed[], id: string) => tiles.find((one) => one.id === id)!.at;

test('a tile moved onto another pushes it down; the gap it left closes', () => {
  const moved = place([tile('a', 0, 0, 6, 4), tile('b', 6, 0, 6, 4), tile('c', 0, 4, 6, 4)], 'a', { x: 6, y: 0, w: 6, h: 4 });
  expect(at(moved, 'a')).toEqual({ x: 6, y: 0, w: 6, h: 4 });
  expect(at(moved, 'b').y).toBe(4);
  expect(at(moved, 'c').y).toBe(0);
});

test('a tile that grows pushes those below it', () => {
  const grown = place([tile('a', 0, 0, 6, 4), tile('b', 0, 4, 12, 4)], 'a', { x: 0, y: 0, w: 12, h: 6 });
  expect(at(grown, 'b').y).toBe(6);
});

test('a tile stays inside the twelve columns and is never smaller than two by two', () => {
  expect(at(place([tile('a', 0, 0, 6, 4)], 'a', { x: 11, y: -3, w: 20, h: 0 }), 'a')).toEqual({ x: 0, y: 0, w: 12, h: 2 });
  expect(at(place([tile('a', 0, 0, 6, 4)], 'a', { x: 9, y: 0, w: 6, h: 4 }), 'a').x).toBe(6);
});

test('a tile moved down under another changes places with it', () => {
  const moved = place([tile('a', 0, 0, 12, 3), tile('b', 0, 3, 12, 3)], 'a', { x: 0, y: 4, w: 12, h: 3 });
  expect([at(moved, 'b').y, at(moved, 'a').y]).toEqual([0, 3]);
});

test('a new tile goes where there is room', () => {
  expect(add([tile('a', 0, 0, 6, 4)], tile('b', 0, 0, 6, 4)).at(-1)!.at).toEqual({ x: 6, y: 0, w: 6, h: 4 });
  expect(add([tile('a', 0, 0, 8, 4)], tile('b', 0, 0, 6, 4)).at(-1)!.at).toEqual({ x: 0, y: 4, w: 6, h: 4 });
});

test('whatever is moved where, none overlap, none is lost and no gap stays above a tile', () => {
  let tiles: Placed[] = Array.from({ length: 9 }, (_, i) => tile(String(i), (i % 3) * 4, Math.floor(i / 3) * 3, 4, 3));
  let seed = 7;
  const random = (below: number) => (seed = (seed * 16_807) % 2_147_483_647) % below;
  for (let step = 0; step < 300; step++) {
    tiles = place(tiles, String(random(9)), { x: random(12), y: random(14), w: 1 + random(12), h: 1 + random(7) });
    expect(overlaps(tiles)).toEqual([]);
    expect(tiles).toHaveLength(9);
    expect(tidy(tiles)).toEqual(tiles);
  }
  expect(rowsUsed(tiles)).toBeGreaterThan(0);
});
