import { expect, test } from 'vitest';
import { priceOf } from '../../../../electron/engines/athena/prices.ts';

const MB = 1024 ** 2;
const TB = 1024 ** 4;
const scanned = (bytesScanned: number) => ({ state: 'succeeded' as const, statementType: 'DML' as const, bytesScanned });

test('a terabyte costs the region’s price', () => {
  expect(priceOf('us-east-1', scanned(TB))).toBe(5);
  expect(priceOf('sa-east-1', scanned(TB))).toBe(9);
});

test('the least is 10 MB, and bytes round up to the megabyte', () => {
  expect(priceOf('us-east-1', scanned(1))).toBe((10 * MB * 5) / TB);
  expect(priceOf('us-east-1', scanned(10 * MB + 1))).toBe((11 * MB * 5) / TB);
});

test('DDL and failed queries are free; a cancelled one pays for what it read', () => {
  expect(priceOf('us-east-1', { state: 'succeeded', statementType: 'DDL', bytesScanned: 0 })).toBe(0);
  expect(priceOf('us-east-1', { ...scanned(TB), state: 'failed' })).toBe(0);
  expect(priceOf('us-east-1', { ...scanned(0), state: 'cancelled' })).toBe(0);
  expect(priceOf('us-east-1', { ...scanned(TB), state: 'cancelled' })).toBe(5);
});

test('a region that is not in the table has no known price', () => {
  expect(priceOf('mars-north-1', scanned(TB))).toBeNull();
  expect(priceOf('us-east-1', { state: 'running' })).toBeNull();
});
