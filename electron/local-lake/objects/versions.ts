import { randomBytes } from 'node:crypto';
import type { ObjectRecord } from './records.ts';

const NEWEST = 2 ** 53;
const DIGITS = 14;

/** The id of the version that a bucket without versioning has. */
export const NULL_VERSION = 'null';
export const versionIdOf = (record: Pick<ObjectRecord, 'versionId'>) => record.versionId ?? NULL_VERSION;
export const isVersionId = (text: string) => text === NULL_VERSION || /^[0-9a-f]{32}$/.test(text);

/** Records written before there were versions say it by their time. */
export const orderOf = (record: Pick<ObjectRecord, 'order' | 'lastModified'>) => record.order ?? record.lastModified * 1000;

/** An order in the index: text that sorts newer before older; the null version is marked, so that it can be found. */
export const orderText = (record: Pick<ObjectRecord, 'order' | 'lastModified' | 'versionId'>) =>
  inverse(orderOf(record)) + (versionIdOf(record) === NULL_VERSION ? 'n' : '');
export const isNullOrder = (order: string) => order.endsWith('n');

/** A new id, from which the place in the index can be told. */
export const newVersionId = (order: number) => inverse(order) + randomBytes(9).toString('hex');
/** Of an id that is not `null`. */
export const orderOfId = (versionId: string) => versionId.slice(0, DIGITS);

/** After `previous` even where the clock stands still or runs backwards. */
export const nextOrder = (now: number, previous: ObjectRecord | undefined) => Math.max(now * 1000, previous ? orderOf(previous) + 1 : 0);

const inverse = (order: number) => (NEWEST - order).toString(16).padStart(DIGITS, '0');
