import { expect, test } from 'vitest';
import { isNewer, planned, waits } from '../../../electron/transfers/conflicts.ts';
import type { FileRecord, TransferRecord } from '../../../electron/transfers/records.ts';

const MODIFIED = '2026-01-01T00:00:10.000Z';
const at = (ms: number) => Date.parse(MODIFIED) + ms;
const file = (more: Partial<FileRecord> = {}): FileRecord => ({ state: 'pending', key: 'k', size: 5, mtimeMs: at(0), conflict: { size: 5, etag: '"e"', modified: MODIFIED }, ...more });
const record = (more: Partial<TransferRecord>) => ({ record: more as TransferRecord });

test.each([
  ['of another size', file({ size: 6 }), true],
  ['changed a second later', file({ mtimeMs: at(1000) }), true],
  ['changed in the same second', file({ mtimeMs: at(900) }), false],
  ['changed before', file({ mtimeMs: at(-1) }), false],
  ['an object changed later', file({ mtimeMs: undefined!, conflict: { size: 5, modified: MODIFIED, ours: '2026-01-02T00:00:00.000Z' } }), true],
  ['nobody knows when', file({ mtimeMs: undefined!, conflict: { size: 5, modified: MODIFIED } }), false],
])('newer: %s', (_, one, newer) => expect(isNewer(one)).toBe(newer));

test('a policy decides where something is there, and only there', () => {
  const free = file({ conflict: undefined });
  expect(planned(record({ policy: 'skip' }), free)).toBe(free);
  const job = record({ policy: 'skip' });
  expect(planned(job, file())).toMatchObject({ state: 'skipped', choice: 'skip' });
  expect(job.record.filesSkipped).toBe(1);
  expect(planned(record({ policy: 'newer' }), file({ size: 9 }))).toMatchObject({ state: 'pending', choice: 'overwrite' });
  expect(planned(record({ policy: 'keepBoth' }), file())).toMatchObject({ state: 'pending', choice: 'keepBoth' });
});

test('with “ask”, and in a proposal whatever its policy, the file waits and is counted', () => {
  for (const asks of [{ policy: 'ask' as const }, {}, { policy: 'overwrite' as const, proposed: true }]) {
    const job = record(asks);
    expect(waits(planned(job, file()))).toBe(true);
    expect(job.record.conflicts).toBe(1);
  }
});
