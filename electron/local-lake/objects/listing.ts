import type { ClassicLevel } from 'classic-level';
import { after, objectsOf } from './indexKeys.ts';
import type { ObjectRecord } from './records.ts';

export interface ListOptions {
  prefix?: string;
  delimiter?: string;
  /** Only what comes after it; where it is a common prefix itself, nothing below it. */
  startAfter?: string;
  /** Objects and common prefixes together; at least 1. */
  limit: number;
}
export type ListEntry = { object: ObjectRecord } | { commonPrefix: string };
export interface ListPage {
  entries: ListEntry[];
  truncated: boolean;
  /** Pass as `startAfter` for the next page. */
  next?: string;
}

/** Read ahead while keys come one after another; after a jump start small again. */
const FIRST_READ = 16;
const LAST_READ = 1024;

/**
 * One page of a bucket in UTF-8 byte order, from the index alone. With a delimiter it jumps over what lies below a
 * common prefix (skip scan), so the cost is that of the entries shown, not of the keys there are.
 */
export async function listObjects(db: ClassicLevel<Buffer, Buffer>, bucket: string, options: ListOptions): Promise<ListPage> {
  const { prefix = '', delimiter = '', startAfter = '', limit } = options;
  const base = objectsOf(bucket);
  const lower = Buffer.concat([base, Buffer.from(prefix)]);
  const start = Buffer.concat([base, Buffer.from(startAfter)]);
  const iterator = db.iterator({ gte: lower, lt: after(lower), highWaterMarkBytes: delimiter ? 32 * 1024 : 1 << 20 });
  try {
    if (startAfter && Buffer.compare(start, lower) >= 0) {
      const isCommonPrefix = delimiter && startAfter.length > prefix.length && startAfter.endsWith(delimiter);
      // A NUL byte makes the very next key.
      iterator.seek(isCommonPrefix ? after(start) : Buffer.concat([start, Buffer.of(0)]));
    }
    const entries: ListEntry[] = [];
    let next: string | undefined;
    let reading = delimiter ? FIRST_READ : Math.min(limit + 1, LAST_READ);
    for (;;) {
      const batch = await iterator.nextv(reading);
      if (batch.length === 0) return { entries, truncated: false };
      reading = Math.min(reading * 2, LAST_READ);
      for (const [keyBytes, value] of batch) {
        if (entries.length === limit) return { entries, truncated: true, next };
        const key = keyBytes.toString('utf8', base.length);
        const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
        if (end >= 0) {
          const commonPrefix = key.slice(0, end + delimiter.length);
          entries.push({ commonPrefix });
          next = commonPrefix;
          iterator.seek(after(Buffer.concat([base, Buffer.from(commonPrefix)])));
          reading = FIRST_READ;
          break;
        }
        const object = JSON.parse(value.toString()) as ObjectRecord;
        object.key = key;
        entries.push({ object });
        next = key;
      }
    }
  } finally {
    await iterator.close();
  }
}
