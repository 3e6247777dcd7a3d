import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/errors.ts';
import { treeKey } from '../../../../renderer/ui/treeKeys.ts';
import { ROOT, treeRows, type Branch, type TreeItem } from '../../../../renderer/ui/treeRows.ts';

const item = (id: string, expandable = true): TreeItem<null> => ({ id, label: id, expandable, data: null });
const ready = (...items: TreeItem<null>[]): Branch<null> => ({ state: 'ready', items });
const all = () => true;
const said = (branches: Map<string, Branch<null>>, open: string[] = []) => treeRows(branches, new Set(open), all).map((row) => (row.kind === 'item' ? `${row.level} ${row.item.id}` : `${row.level} ${row.kind}`));

describe('rows of a tree', () => {
  it('puts the children of open nodes below them', () => {
    const branches = new Map([
      [ROOT, ready(item('a'), item('b'))],
      ['a', ready(item('a/1', false))],
    ]);
    expect(said(branches, ['a'])).toEqual(['1 a', '2 a/1', '1 b']);
  });

  it('shows what is not read yet, empty, or left, in the branch it is in', () => {
    const branches = new Map<string, Branch<null>>([
      [ROOT, { ...ready(item('a'), item('b')), nextToken: 'more' }],
      ['b', ready()],
    ]);
    expect(said(branches, ['a', 'b'])).toEqual(['1 a', '2 loading', '1 b', '2 empty', '1 more']);
  });

  it('FAULTS 20: a denied branch says so in its own place, beside what could be read', () => {
    const error = new AppError('AccessDenied', 'no', { action: 's3:ListBucket' });
    const branches = new Map<string, Branch<null>>([
      [ROOT, { ...ready(item('typed')), error }],
      ['typed', { state: 'failed', items: [], error }],
    ]);
    expect(said(branches, ['typed'])).toEqual(['1 typed', '2 error', '1 error']);
  });
});

describe('keys of a tree', () => {
  const rows = treeRows(
    new Map([
      [ROOT, ready(item('alpha'), item('beta'), item('bravo'))],
      ['alpha', ready(item('one', false))],
    ]),
    new Set(['alpha']),
    all,
  );
  const typed = () => ({ text: '', at: 0 });

  it('opens, enters, leaves and closes with the arrows', () => {
    expect(treeKey('ArrowRight', rows, 0, typed())).toEqual({ focus: 1 });
    expect(treeKey('ArrowLeft', rows, 1, typed())).toEqual({ focus: 0 });
    expect(treeKey('ArrowLeft', rows, 0, typed())).toEqual({ toggle: 'alpha', on: false });
    expect(treeKey('ArrowRight', rows, 2, typed())).toEqual({ toggle: 'beta', on: true });
  });

  it('goes to the row that starts with what is typed', () => {
    const state = typed();
    expect(treeKey('b', rows, 0, state)).toEqual({ focus: 2 });
    expect(treeKey('r', rows, 2, state)).toEqual({ focus: 3 });
  });
});
