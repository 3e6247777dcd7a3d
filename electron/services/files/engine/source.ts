import type { FileHead } from './protocol.ts';

/** Bytes to make sense of: a file read by ranges, or what a compressed or archived one unfolds to. */
export interface Source {
  /** Its extension is a hint. */
  name: string;
  /** Bytes of all of it; undefined where only unfolding it would tell. */
  size: number | undefined;
  /** The first bytes. */
  head: Uint8Array;
  /** `head` is all there is. */
  complete: boolean;
  /** More of it; absent where only the head can be had. Small reads bring some of what follows along, unless `exactly`. */
  read?: (start: number, end: number, exactly?: boolean) => Promise<Uint8Array>;
}

/** A file by its head and a way to get ranges of it. */
export function fileSource({ name, size, head }: FileHead, slice: (start: number, end: number, exactly: boolean) => Promise<ArrayBuffer>): Source {
  const read = async (start: number, end: number, exactly = false): Promise<Uint8Array> => {
    if (start >= 0 && start <= end && end <= head.length) return head.subarray(start, end);
    if (!(start >= 0 && start <= end && end <= size)) throw new Error(`The file points outside itself (bytes ${start}-${end} of ${size}).`);
    return start === end ? new Uint8Array() : new Uint8Array(await slice(start, end, exactly));
  };
  return { name, size, head, complete: head.length >= size, read };
}

/** What something unfolded to; complete, it can be read anywhere. */
export function unfoldedSource(name: string, bytes: Uint8Array, complete: boolean): Source {
  const read = async (start: number, end: number): Promise<Uint8Array> => {
    if (!(start >= 0 && start <= end && end <= bytes.length)) throw new Error(`The file points outside itself (bytes ${start}-${end} of ${bytes.length}).`);
    return bytes.subarray(start, end);
  };
  return { name, size: complete ? bytes.length : undefined, head: bytes, complete, ...(complete && { read }) };
}

/** A range of another source as a source of its own. */
export async function partSource(whole: ReadableSource, name: string, offset: number, size: number, headBytes: number): Promise<Source> {
  const head = await whole.read(offset, offset + Math.min(size, headBytes));
  const read = (start: number, end: number) => {
    if (!(start >= 0 && start <= end && end <= size)) throw new Error(`The file points outside itself (bytes ${start}-${end} of ${size}).`);
    return end <= head.length ? Promise.resolve(head.subarray(start, end)) : whole.read(offset + start, offset + end);
  };
  return { name, size, head, complete: head.length >= size, read };
}

/** A source one can read anywhere in. */
export type ReadableSource = Source & { size: number; read: NonNullable<Source['read']> };

export const readable = (source: Source): source is ReadableSource => source.read !== undefined && source.size !== undefined;

/** The first `length` bytes, or all where there are fewer. */
export async function firstBytes(source: Source, length: number): Promise<Uint8Array> {
  if (source.head.length >= length || source.complete || !readable(source)) return source.head;
  return source.read(0, Math.min(length, source.size));
}

/** A buffer of its own: a Buffer's `slice` is a view into pooled memory, which would show more than the bytes meant. */
export const ownBuffer = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;
