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

/** The length of the whole records `bytes` begin with. `quoted`: they begin inside quotes. */
export function wholeRecords(bytes: Buffer, quoted = false): number {
  let inside = (oddQuotes(bytes) === 1) !== quoted;
  for (let at = bytes.length - 1; at >= 0; at--) {
    if (bytes[at] === QUOTE) inside = !inside;
    else if (bytes[at] === NEWLINE && !inside) return at + 1;
  }
  return 0;
}

/**
 * Cuts a stream of CSV, in pieces, into whole records: a newline inside quotes ends nothing. Bytes after the last whole
 * record wait for the next piece.
 */
export function createRecordCutter() {
  let waiting: Buffer = Buffer.alloc(0);
  return {
    /** The whole records up to the end of `bytes`, to be read one after the other; with `last` all there is. */
    cut(bytes: Buffer, last: boolean): [Buffer, Buffer] {
      const before = waiting;
      const end = last ? bytes.length : wholeRecords(bytes, oddQuotes(before) === 1);
      if (end === 0 && !last) {
        waiting = Buffer.concat([before, bytes]);
        return [Buffer.alloc(0), Buffer.alloc(0)];
      }
      waiting = Buffer.from(bytes.subarray(end));
      return [before, bytes.subarray(0, end)];
    },
  };
}
