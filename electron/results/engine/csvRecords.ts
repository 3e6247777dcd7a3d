import { open } from 'node:fs/promises';

const QUOTE = 0x22;
const NEWLINE = 0x0a;

/** 1 where `bytes` hold an odd number of quotes. Four bytes at a time: this runs over every byte of a result. */
export function oddQuotes(bytes: Buffer): 0 | 1 {
  let odd = 0;
  let at = 0;
  for (; at < bytes.length && (bytes.byteOffset + at) % 4 !== 0; at++) if (bytes[at] === QUOTE) odd ^= 1;
  const count = (bytes.length - at) >> 2;
  const words = count > 0 ? new Int32Array(bytes.buffer, bytes.byteOffset + at, count) : new Int32Array();
  let marks = 0;
  for (let i = 0; i < words.length; i++) {
    // A byte that is a quote becomes 0; the sum then leaves exactly the top bit of each zero byte clear.
    const word = words[i]! ^ 0x22222222;
    marks ^= ~(((word & 0x7f7f7f7f) + 0x7f7f7f7f) | word | 0x7f7f7f7f);
  }
  for (marks &= 0x80808080; marks !== 0; marks &= marks - 1) odd ^= 1;
  for (at += words.length * 4; at < bytes.length; at++) if (bytes[at] === QUOTE) odd ^= 1;
  return odd as 0 | 1;
}

/** The length of the whole records `bytes` begin with; they begin outside quotes. */
export function wholeRecords(bytes: Buffer): number {
  let quoted = oddQuotes(bytes) === 1;
  for (let at = bytes.length - 1; at >= 0; at--) {
    if (bytes[at] === QUOTE) quoted = !quoted;
    else if (bytes[at] === NEWLINE && !quoted) return at + 1;
  }
  return 0;
}

/**
 * Cuts a stream of CSV, in files, into whole records: a newline inside quotes ends nothing. Bytes after the last whole
 * record wait for the next file.
 */
export function createRecordCutter() {
  // One buffer for all parts; what waits is at its beginning.
  let buffer = Buffer.alloc(0);
  let waiting = Buffer.alloc(0);
  return {
    /** The whole records up to the end of `file`; with `last` all there is. They are overwritten by the next call. */
    async cut(file: string, last: boolean): Promise<Buffer> {
      const handle = await open(file, 'r');
      try {
        const length = waiting.length + (await handle.stat()).size;
        if (buffer.length < length) buffer = Buffer.allocUnsafeSlow(length);
        waiting.copy(buffer);
        for (let at = waiting.length; at < length; ) {
          const { bytesRead } = await handle.read(buffer, at, length - at, null);
          if (bytesRead === 0) throw new Error(`${file} became shorter while it was read.`);
          at += bytesRead;
        }
        const all = buffer.subarray(0, length);
        const end = last ? length : wholeRecords(all);
        waiting = Buffer.from(all.subarray(end));
        return all.subarray(0, end);
      } finally {
        await handle.close();
      }
    },
  };
}

export type RecordCutter = ReturnType<typeof createRecordCutter>;
