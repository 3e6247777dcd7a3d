import { describe, expect, it } from 'vitest';
import { NO_SELECTION, selectRow } from '../../../../../renderer/features/objects/rowSelection.ts';

const view = [40, 10, 30, 20];
const plain = { extend: false, toggle: false };

describe('selecting rows', () => {
  it('a click selects one row, wherever it is shown', () => {
    expect(selectRow(NO_SELECTION, view, 2, plain)).toEqual({ rows: new Set([30]), anchor: 30, focus: 30 });
  });

  it('Shift selects from where it began, both ways', () => {
    const first = selectRow(NO_SELECTION, view, 2, plain);
    expect([...selectRow(first, view, 0, { extend: true, toggle: false }).rows]).toEqual([40, 10, 30]);
    expect([...selectRow(first, view, 3, { extend: true, toggle: false }).rows]).toEqual([30, 20]);
  });

  it('Ctrl takes a row in and out and leaves the others', () => {
    const two = selectRow(selectRow(NO_SELECTION, view, 0, plain), view, 2, { extend: false, toggle: true });
    expect([...two.rows]).toEqual([40, 30]);
    expect([...selectRow(two, view, 0, { extend: false, toggle: true }).rows]).toEqual([30]);
  });

  it('Shift without a beginning is a click', () => {
    expect([...selectRow(NO_SELECTION, view, 1, { extend: true, toggle: false }).rows]).toEqual([10]);
  });
});
