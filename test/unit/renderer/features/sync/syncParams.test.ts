import { expect, test } from 'vitest';
import { globsOf } from '../../../../../renderer/features/sync/syncParams.ts';

test('globs are typed with commas between, which braces and brackets keep', () => {
  expect(globsOf(' *.csv, {a,b}/**,, [,x]*  ')).toEqual(['*.csv', '{a,b}/**', '[,x]*']);
  expect(globsOf('')).toEqual([]);
});
