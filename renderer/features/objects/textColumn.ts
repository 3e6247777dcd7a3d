import { growingRows } from './growing.ts';

const CHUNK = 1 << 20;
/** Bytes of the longest text kept; an S3 key has 1,024 at most. */
const LONGEST = 4096;

/** A to Z as a to z, byte by byte; other bytes as they are. */
const lower = (byte: number): number => (byte >= 65 && byte <= 90 ? byte | 32 : byte);

/** Many short texts as UTF-8 in large chunks: a tenth of what a million strings cost the heap. Texts are only added. */
export class TextColumn {
  readonly #chunks: Uint8Array[] = [];
  readonly #starts = growingRows();
  readonly #ends = growingRows();
  #used = CHUNK;
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  get length(): number {
    return this.#starts.length;
  }

  push(text: string): void {
    let chunk = this.#chunks.at(-1);
    if (!chunk || CHUNK - this.#used < Math.min(text.length * 3, LONGEST)) {
      chunk = new Uint8Array(CHUNK);
      this.#chunks.push(chunk);
      this.#used = 0;
    }
    const base = (this.#chunks.length - 1) * CHUNK;
    const { written } = this.#encoder.encodeInto(text, chunk.subarray(this.#used, Math.min(CHUNK, this.#used + LONGEST)));
    this.#starts.push(base + this.#used);
    this.#used += written;
    this.#ends.push(base + this.#used);
  }

  #bytes(row: number): { chunk: Uint8Array; from: number; to: number } {
    const start = this.#starts.at(row);
    const number = Math.floor(start / CHUNK);
    // An empty text may stand at the end of its chunk.
    return { chunk: this.#chunks[number] ?? new Uint8Array(0), from: start - number * CHUNK, to: this.#ends.at(row) - number * CHUNK };
  }

  at(row: number): string {
    if (row < 0 || row >= this.length) return '';
    const { chunk, from, to } = this.#bytes(row);
    return this.#decoder.decode(chunk.subarray(from, to));
  }

  /** Order of two texts by their bytes, as S3 orders keys. */
  compare(a: number, b: number): number {
    const one = this.#bytes(a);
    const other = this.#bytes(b);
    const length = Math.min(one.to - one.from, other.to - other.from);
    for (let at = 0; at < length; at += 1) {
      const difference = one.chunk[one.from + at]! - other.chunk[other.from + at]!;
      if (difference !== 0) return difference;
    }
    return one.to - one.from - (other.to - other.from);
  }

  /** A test of rows for a text in them, capitals aside. `atStart`: only at their start. */
  finder(text: string, atStart = false): (row: number) => boolean {
    const wanted = text.toLowerCase();
    // Capitals beyond ASCII are not byte by byte.
    if (/[^\u0000-\u007f]/.test(wanted)) {
      return atStart ? (row) => this.at(row).toLowerCase().startsWith(wanted) : (row) => this.at(row).toLowerCase().includes(wanted);
    }
    const needle = this.#encoder.encode(wanted);
    return (row) => {
      const { chunk, from, to } = this.#bytes(row);
      const last = atStart ? Math.min(from, to - needle.length) : to - needle.length;
      for (let at = from; at <= last; at += 1) {
        let length = 0;
        while (length < needle.length && lower(chunk[at + length]!) === needle[length]) length += 1;
        if (length === needle.length) return true;
      }
      return false;
    };
  }

  /** The row of exactly this text from `from` on; -1 where it is not there. */
  indexOf(text: string, from = 0): number {
    const wanted = this.#encoder.encode(text);
    for (let row = from; row < this.length; row += 1) {
      const { chunk, from: start, to } = this.#bytes(row);
      if (to - start !== wanted.length) continue;
      let at = 0;
      while (at < wanted.length && chunk[start + at] === wanted[at]) at += 1;
      if (at === wanted.length) return row;
    }
    return -1;
  }
}
