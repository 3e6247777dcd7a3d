import { describe, expect, it } from 'vitest';
import { NO_SELECTION, selectRow } from '../../../../../renderer/features/objects/rowSelection.ts';
import { RowSet } from '../../../../../renderer/features/objects/rowSet.ts';

const view = Uint32Array.of(40, 10, 30, 20);
const plain = { extend: false, toggle: false };

describe('selecting rows', () => {
  it('a click selects one row, wherever it is shown', () => {
    const { rows, anchor, focus } = selectRow(NO_SELECTION, view, 2, plain);
    expect({ rows: [...rows], anchor, focus }).toEqual({ rows: [30], anchor: 30, focus: 30 });
  });

  it('Shift selects from where it began, both ways', () => {
    const first = selectRow(NO_SELECTION, view, 2, plain);
    expect([...selectRow(first, view, 0, { extend: true, toggle: false }).rows]).toEqual([10, 30, 40]);
    expect([...selectRow(first, view, 3, { extend: true, toggle: false }).rows]).toEqual([20, 30]);
  });

  it('Ctrl takes a row in and out and leaves the others', () => {
    const two = selectRow(selectRow(NO_SELECTION, view, 0, plain), view, 2, { extend: false, toggle: true });
    expect([...two.rows]).toEqual([30, 40]);
    expect([...selectRow(two, view, 0, { extend: false, toggle: true }).rows]).toEqual([30]);
  });

  it('a row is a bit, whatever its number', () => {
    const rows = RowSet.of([31, 0, 32, 63, 64, 1_000_000, 31]);
    expect([...rows]).toEqual([0, 31, 32, 63, 64, 1_000_000]);
    expect(rows.size).toBe(6);
    expect([rows.has(31), rows.has(30), rows.has(-1), rows.has(2_000_000)]).toEqual([true, false, false, false]);
    expect([...rows.toggled(31).toggled(33)]).toEqual([0, 32, 33, 63, 64, 1_000_000]);
  });

  it('Shift without a beginning is a click', () => {
    expect([...selectRow(NO_SELECTION, view, 1, { extend: true, toggle: false }).rows]).toEqual([10]);
  });
});
