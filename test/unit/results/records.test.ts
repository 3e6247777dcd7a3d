import { expect, test } from 'vitest';
import { chooseEvictions, type EvictionCandidate } from '../../../electron/results/records.ts';

const candidate = (runId: string, lastUsed: number, more: Partial<EvictionCandidate> = {}): EvictionCandidate => ({ runId, lastUsed, bytes: 10, open: false, busy: false, ...more });

test('nothing goes while all fits', () => {
  expect(chooseEvictions([candidate('a', 1), candidate('b', 2)], 20)).toEqual([]);
});

test('the one used longest ago goes first, and no more than needed', () => {
  expect(chooseEvictions([candidate('new', 3), candidate('old', 1), candidate('mid', 2)], 25)).toEqual(['old']);
});

test('closed ones go before open ones; busy ones stay', () => {
  const all = [candidate('open', 1, { open: true }), candidate('busy', 0, { busy: true }), candidate('closed', 9)];
  expect(chooseEvictions(all, 10)).toEqual(['closed', 'open']);
});
