import { describe, expect, it } from 'vitest';
import type { Transfer } from '../../../../../shared/contract/transfers.ts';
import { canPause, progressOf, remaining } from '../../../../../renderer/features/transfers/transferState.ts';

const transfer = (more: Partial<Transfer>): Transfer => ({
  id: '1',
  connectionId: 'local',
  kind: 'upload',
  source: 'a',
  target: 's3://b/',
  state: 'running',
  filesTotal: 4,
  filesDone: 1,
  filesFailed: 0,
  bytesTotal: 1000,
  bytesDone: 500,
  speed: 10,
  secondsLeft: null,
  order: 0,
  createdAt: '2026-01-01T00:00:00Z',
  ...more,
});

describe('a transfer', () => {
  it('is as far as its bytes, a delete as far as its objects', () => {
    expect(progressOf(transfer({}))).toBe(0.5);
    expect(progressOf(transfer({ kind: 'delete' }))).toBe(0.25);
  });

  it('has no progress while nothing is known, all of it when done', () => {
    expect(progressOf(transfer({ state: 'scanning', filesDone: 0 }))).toBeNull();
    expect(progressOf(transfer({ state: 'done', bytesTotal: 0, filesTotal: 0 }))).toBe(1);
  });

  it('tells the time left of all that run, and nothing without a speed', () => {
    expect(remaining([transfer({}), transfer({ speed: 0, bytesDone: 1000 })])).toEqual({ unit: 'seconds', count: 50 });
    expect(remaining([transfer({ bytesTotal: 6500 })])).toEqual({ unit: 'minutes', count: 10 });
    expect(remaining([transfer({ speed: 0 })])).toBeNull();
  });

  it('can be paused while it works, except a delete', () => {
    expect(canPause(transfer({}))).toBe(true);
    expect(canPause(transfer({ kind: 'delete' }))).toBe(false);
    expect(canPause(transfer({ state: 'failed' }))).toBe(false);
  });
});
