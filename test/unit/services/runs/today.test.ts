import { expect, test } from 'vitest';
import { nextWait } from '../../../../electron/services/runs/backoff.ts';
import { midnight, totalsOf } from '../../../../electron/services/runs/today.ts';
import type { Run } from '../../../../shared/contract/runs.ts';

const run = (more: Partial<Run>): Run => ({ id: 'x', connectionId: 'c', engine: 'athena', sql: '', workgroup: 'w', catalog: 'k', state: 'succeeded', submittedAt: '', billed: false, ...more });

test('the day’s totals sum what is known; billed is what AWS charges', () => {
  const runs = [run({ bytesScanned: 10, priceOnAws: 1 }), run({ bytesScanned: 5, priceOnAws: 2, billed: true }), run({ priceOnAws: null })];
  expect(totalsOf(runs)).toEqual({ runs: 3, bytesScanned: 15, priceOnAws: 3, billed: 2 });
});

test('midnight is local', () => {
  const at = new Date(midnight(new Date(2026, 10, 22, 13, 45)));
  expect([at.getDate(), at.getHours(), at.getMinutes()]).toEqual([22, 0, 0]);
});

test('polling slows from 100 ms to 5 s and stays there', () => {
  const waits = [100];
  while (waits.length < 15) waits.push(nextWait(waits.at(-1)!));
  expect(waits[1]).toBe(150);
  expect(waits.at(-1)).toBe(5000);
});
