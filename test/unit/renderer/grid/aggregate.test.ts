import { describe, expect, it } from 'vitest';
import { aggregate, groupDigits } from '../../../../renderer/grid/aggregate.ts';

describe('sums below the grid', () => {
  it('adds bigints and decimals exactly, beyond what a double holds', () => {
    expect(aggregate([['9007199254740993', '1', null]], [true])).toMatchObject({ cells: 3, nulls: 1, numbers: 2, sum: '9007199254740994', average: '4503599627370497' });
    expect(aggregate([['0.10', '0.20']], [true]).sum).toBe('0.3');
    expect(aggregate([['-1', '-2']], [true])).toMatchObject({ sum: '-3', average: '-1.5' });
  });
  it('adds doubles as doubles', () => {
    expect(aggregate([['1.5E10', '1']], [true])).toMatchObject({ sum: '15000000001', average: '7500000000.5' });
  });
  it('leaves text out, even where it looks like a number', () => {
    expect(aggregate([['1', '2']], [false])).toEqual({ cells: 2, nulls: 0, numbers: 0 });
  });
  it('rounds an average half away from zero', () => {
    expect(aggregate([['1', '1', '0']], [true]).average).toBe('0.6667');
    expect(aggregate([['-1', '-1', '0']], [true]).average).toBe('-0.6667');
  });
  it('groups digits', () => {
    expect(groupDigits('1234567.891')).toBe('1,234,567.891');
    expect(groupDigits('NaN')).toBe('NaN');
  });
});
