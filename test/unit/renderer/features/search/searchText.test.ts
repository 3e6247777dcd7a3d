import { describe, expect, it } from 'vitest';
import { filterOf, NO_FIELDS, sizeOf } from '../../../../../renderer/features/search/searchText.ts';

describe('the fields of a search', () => {
  it('take sizes as people write them', () => {
    expect(['10', '1.5 MB', '2g', '3 KiB', '1,5k', ''].map(sizeOf)).toEqual([10, 1_572_864, 2 * 1024 ** 3, 3072, 1536, undefined]);
    expect(['x', '-1', '5 PB', 'MB'].map(sizeOf)).toEqual([null, null, null, null]);
  });

  it('take whole days of the user, both included', () => {
    const filter = filterOf({ ...NO_FIELDS, from: '2026-03-01', until: '2026-03-01' })!;
    expect(Date.parse(filter.before!) - Date.parse(filter.from!)).toBe(86_400_000);
  });

  it('ask for nothing while a size is none', () => {
    expect(filterOf({ ...NO_FIELDS, minSize: 'many' })).toBeUndefined();
  });
});
