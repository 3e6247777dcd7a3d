import { expect, test } from 'vitest';
import { besideEachOther } from '../../../electron/transfers/copy/besideEachOther.ts';
import { mtimeText, uploadedMtime, type Compare } from '../../../electron/transfers/sync/compare.ts';
import { filterOf } from '../../../electron/transfers/sync/filter.ts';
import { RowMaker } from '../../../electron/transfers/sync/rowMaker.ts';
import type { Entry, Place } from '../../../electron/transfers/sync/types.ts';
import { Warnings } from '../../../electron/transfers/sync/warnings.ts';
import type { AppErrorData } from '../../../shared/errors.ts';
import type { SyncWarning } from '../../../shared/contract/sync.ts';

const OPTIONS = { compare: 'time' as const, include: [], exclude: [], hidden: true, folders: true };
const DENIED: AppErrorData = { code: 'AccessDenied', message: 'no', retryable: false };
const bySize: Compare = async (from, to) => (from.size === to.size ? { same: true } : { same: false, why: 'size' });
const entry = (key: string, size = 1, more: Partial<Entry> = {}): Entry => ({ key, size, modified: 0, ...more });
const bucket: Place = { kind: 'bucket', connectionId: 'c', bucket: 'b', prefix: 'p/' };

async function* each(entries: Entry[]) {
  yield* entries;
}

/** `KIND KEY` of every row of two sides, in order, and the warnings. */
async function rowsOf(from: Entry[], to: Entry[], place: Place = bucket): Promise<{ rows: string[]; warnings: SyncWarning[] }> {
  const record = { warnings: [] as SyncWarning[] };
  const maker = new RowMaker(place, bySize, new Warnings(record));
  const rows: string[] = [];
  for await (const both of besideEachOther(each(from), ({ key }) => key, each(to), ({ key }) => key)) {
    maker.note(both.one);
    const row = await maker.make(both);
    if (row) rows.push(`${row.kind} ${row.key}`);
  }
  return { rows, warnings: record.warnings };
}

test('two sides in the order of UTF-8 bytes: every name once, as new, changed, gone or same', async () => {
  const order = ['A', 'B', 'a', 'a-b', 'a/b', 'é', '\uffee', '\u{1f600}'];
  const from = order.filter((_, at) => at % 2 === 0).map((key) => entry(key));
  const to = order.map((key, at) => entry(key, at === 0 ? 2 : 1));
  expect((await rowsOf(from, to)).rows).toEqual(['changed A', 'gone B', 'same a', 'gone a-b', 'same a/b', 'gone é', 'same \uffee', 'gone \u{1f600}']);
});

test('below a folder of the source that cannot be read nothing is gone', async () => {
  const { rows, warnings } = await rowsOf([entry('a'), entry('locked/', 0, { problem: DENIED }), entry('z')], [entry('locked.txt'), entry('locked/x'), entry('locked/y'), entry('y')]);
  expect(rows).toEqual(['new a', 'gone locked.txt', 'problem locked/', 'problem locked/x', 'problem locked/y', 'gone y', 'new z']);
  expect(warnings).toEqual([{ code: 'unreadable', count: 2, example: 'locked/x' }]);
});

test('what is no file at the target is not gone, archived sources and keys that are too long are problems', async () => {
  const long = 'x'.repeat(1023);
  const { rows, warnings } = await rowsOf([entry('cold', 1, { archive: 'archived', storageClass: 'GLACIER' }), entry('cold-same', 1, { archive: 'archived' }), entry(long)], [entry('cold-same'), entry('link', 0, { problem: DENIED })]);
  expect(rows).toEqual(['problem cold', 'same cold-same', `problem ${long}`]);
  expect(warnings).toEqual([{ code: 'archived', count: 1, example: 'cold' }]);
});

test('filters let folders through that cannot be read; hidden ones are hidden with all below them', () => {
  const all = ['a.csv', 'b.txt', '.git/config', 'x/.y/z.csv', 'x/y.csv'].map((key) => entry(key)).concat(entry('locked/', 0, { problem: DENIED }));
  const keys = (options: Partial<typeof OPTIONS> | object) => filterOf({ ...OPTIONS, ...options })(all).map(({ key }) => key);
  expect(keys({})).toEqual(all.map(({ key }) => key));
  expect(keys({ hidden: false })).toEqual(['a.csv', 'b.txt', 'x/y.csv', 'locked/']);
  expect(keys({ include: ['*.csv'] })).toEqual(['a.csv', 'x/.y/z.csv', 'x/y.csv', 'locked/']);
  expect(keys({ include: ['*.csv', '*.txt'], exclude: ['x/**'] })).toEqual(['a.csv', 'b.txt', 'locked/']);
});

test('the time of a file is kept to the nanosecond, as rclone writes and reads it', () => {
  expect(mtimeText(1_441_282_536_123_456_789n)).toBe('1441282536.123456789');
  expect(mtimeText(1_441_282_536_120_000_000n)).toBe('1441282536.12');
  expect(mtimeText(1_441_282_536_000_000_000n)).toBe('1441282536');
  expect(mtimeText(5n)).toBe('0.000000005');
  expect(mtimeText(0n)).toBe('0');
  expect(mtimeText(-1_500_000_000n)).toBe('-1.5');
  expect(uploadedMtime({ mtime: '1441282536.123456789' })).toBeCloseTo(1_441_282_536_123.456, 2);
  expect(uploadedMtime({ mtime: 'yesterday' })).toBeUndefined();
  expect(uploadedMtime(undefined)).toBeUndefined();
});
