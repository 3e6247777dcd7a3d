const QUOTE = 0x22;
const NEWLINE = 0x0a;

export interface Records {
  /** Whole records, each ended by a newline. */
  bytes: Buffer;
  /** The longest record, in bytes. */
  longest: number;
}

/**
 * Cuts a stream of CSV (quotes doubled, records ended by \n) into whole records: a newline inside quotes ends nothing.
 * Bytes after the last whole record wait for the next piece.
 */
export function createRecordCutter() {
  let waiting = Buffer.alloc(0);
  let quoted = false;

  return {
    /** `last`: what is left is a record too, though no newline ends it. */
    cut(piece: Buffer, { last = false } = {}): Records {
      const from = waiting.length;
      const all = from === 0 ? piece : Buffer.concat([waiting, piece]);
      let end = 0;
      let longest = 0;
      for (let at = from; at < all.length; at++) {
        const byte = all[at];
        if (byte === QUOTE) quoted = !quoted;
        else if (byte === NEWLINE && !quoted) {
          if (at + 1 - end > longest) longest = at + 1 - end;
          end = at + 1;
        }
      }
      if (last && end < all.length) {
        longest = Math.max(longest, all.length - end + 1);
        return { bytes: Buffer.concat([all, Buffer.from('\n')]), longest };
      }
      // A copy: what waits must not keep the whole piece in memory.
      waiting = Buffer.from(all.subarray(end));
      return { bytes: all.subarray(0, end), longest };
    },
  };
}

export type RecordCutter = ReturnType<typeof createRecordCutter>;
