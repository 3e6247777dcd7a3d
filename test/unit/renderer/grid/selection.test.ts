import { describe, expect, it } from 'vitest';
import { cellCount, contains, move, rectangleOf, singleCell, wholeGrid, wholeRow } from '../../../../renderer/grid/selection.ts';

const bounds = { rows: 3_000_000, columns: 6 };
const key = (name: string, more = {}) => ({ key: name, extend: false, toEdge: false, pageRows: 20, ...more });

describe('selecting cells', () => {
  it('moves one cell and stops at the edges', () => {
    expect(move(singleCell({ row: 0, column: 0 }), key('ArrowUp'), bounds)).toEqual(singleCell({ row: 0, column: 0 }));
    expect(move(singleCell({ row: 4, column: 5 }), key('ArrowRight'), bounds)).toEqual(singleCell({ row: 4, column: 5 }));
    expect(move(singleCell({ row: 4, column: 2 }), key('ArrowDown'), bounds)).toEqual(singleCell({ row: 5, column: 2 }));
  });
  it('extends from the anchor with Shift, also backwards over it', () => {
    const down = move(singleCell({ row: 4, column: 2 }), key('ArrowDown', { extend: true }), bounds)!;
    expect(rectangleOf(down)).toEqual({ top: 4, bottom: 5, left: 2, right: 2 });
    const up = move(move(down, key('ArrowUp', { extend: true }), bounds)!, key('ArrowUp', { extend: true }), bounds)!;
    expect(rectangleOf(up)).toEqual({ top: 3, bottom: 4, left: 2, right: 2 });
  });
  it('goes to the last row of three million with Ctrl+End', () => {
    expect(move(singleCell({ row: 0, column: 0 }), key('End', { toEdge: true }), bounds)?.focus).toEqual({ row: 2_999_999, column: 5 });
  });
  it('leaves keys that move nothing alone', () => {
    expect(move(singleCell({ row: 0, column: 0 }), key('a'), bounds)).toBeNull();
  });
  it('selects rows and everything', () => {
    expect(cellCount(rectangleOf(wholeGrid(bounds)))).toBe(18_000_000);
    expect(contains(rectangleOf(wholeRow(7, bounds)), 7, 5)).toBe(true);
  });
});
