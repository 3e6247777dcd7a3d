import { expect, it } from 'vitest';
import { groupDigits } from '../../../../renderer/grid/groupDigits.ts';

it('groups the digits before the point, and leaves what is no plain number alone', () => {
  expect(groupDigits('1234567.891')).toBe('1,234,567.891');
  expect(groupDigits('NaN')).toBe('NaN');
});
