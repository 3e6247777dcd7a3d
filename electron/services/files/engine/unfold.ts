import { Decompress } from 'fzstd';
import unbzip2 from 'unbzip2-stream';
import { createGunzip, createInflateRaw } from 'node:zlib';

/** What the beginning of compressed bytes unfolds to. */
export interface Unfolded {
  bytes: Uint8Array;
  /** That is all there is. */
  complete: boolean;
}

export type Compression = 'gzip' | 'zstd' | 'bzip2';
type Codec = Compression | 'deflate';

/** A decoder of zstd that keeps more than this is for files made to harm. https://datatracker.ietf.org/doc/html/rfc8878#section-3.1.1.1.2 (8 MiB suffices for a level below 20) */
const LARGEST_WINDOW = 128 * 1024 * 1024;
const PIECE = 16 * 1024;

/**
 * The first bytes inside, at most `limit`: a bomb unfolds no further than that. `whole` says that `compressed` is all of
 * it; where it is only a head, an early end is no error. Throws where nothing at all could be unfolded.
 */
export async function unfoldHead(codec: Codec, compressed: Uint8Array, limit: number, whole = false): Promise<Unfolded> {
  switch (codec) {
    case 'gzip':
      return byZlib(createGunzip({ chunkSize: 64 * 1024 }), compressed, limit);
    case 'deflate':
      return byZlib(createInflateRaw({ chunkSize: 64 * 1024 }), compressed, limit);
    case 'zstd':
      return byZstd(compressed, limit, whole);
    case 'bzip2':
      return byBzip2(compressed, limit);
  }
}

class Collected {
  private readonly chunks: Uint8Array[] = [];
  length = 0;
  constructor(private readonly limit: number) {}
  add(chunk: Uint8Array): boolean {
    this.chunks.push(chunk);
    this.length += chunk.length;
    return this.length < this.limit;
  }
  result(complete: boolean): Unfolded {
    return { bytes: Buffer.concat(this.chunks).subarray(0, this.limit), complete: complete && this.length <= this.limit };
  }
}

function byZlib(stream: ReturnType<typeof createGunzip>, compressed: Uint8Array, limit: number): Promise<Unfolded> {
  return new Promise((resolve, reject) => {
    const collected = new Collected(limit);
    let settled = false;
    const finish = (complete: boolean) => {
      if (settled) return;
      settled = true;
      stream.destroy();
      resolve(collected.result(complete));
    };
    stream.on('data', (chunk: Buffer) => {
      if (!settled && !collected.add(chunk)) finish(false);
    });
    stream.on('end', () => finish(true));
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'Z_BUF_ERROR' || collected.length > 0) finish(false);
      else if (!settled) reject(error);
    });
    stream.end(compressed);
  });
}

class Enough extends Error {}

function byZstd(compressed: Uint8Array, limit: number, whole: boolean): Unfolded {
  if (zstdWindow(compressed) > LARGEST_WINDOW) throw new Error(`The zstd frame asks for a window of ${zstdWindow(compressed)} bytes.`);
  const collected = new Collected(limit);
  let ended = false;
  const decoder = new Decompress((chunk, final) => {
    ended ||= final === true;
    // The decoder reuses its memory.
    if (!collected.add(chunk.slice())) throw new Enough();
  });
  try {
    for (let at = 0; at < compressed.length; at += PIECE) decoder.push(compressed.subarray(at, at + PIECE), false);
    if (whole) decoder.push(new Uint8Array(), true);
    return collected.result(whole && (ended || collected.length > 0));
  } catch (error) {
    if (error instanceof Enough) return collected.result(false);
    if (collected.length > 0) return collected.result(false);
    throw error instanceof Error ? error : new Error(String(error));
  }
}

/** Bytes a zstd frame asks to be kept; 0 where the header is not whole or not a frame. */
export function zstdWindow(bytes: Uint8Array): number {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length < 18 || view.readUInt32LE(0) !== 0xfd2fb528) return 0;
  const descriptor = view[4]!;
  const single = (descriptor & 0x20) !== 0;
  if (!single) {
    const base = 2 ** (10 + (view[5]! >> 3));
    return base + (base / 8) * (view[5]! & 7);
  }
  const at = 5 + [0, 1, 2, 4][descriptor & 3]!;
  switch (descriptor >> 6) {
    case 0:
      return view[at]!;
    case 1:
      return view.readUInt16LE(at) + 256;
    case 2:
      return view.readUInt32LE(at);
    default:
      return Number(view.readBigUInt64LE(at));
  }
}

function byBzip2(compressed: Uint8Array, limit: number): Promise<Unfolded> {
  return new Promise((resolve, reject) => {
    const collected = new Collected(limit);
    const stream = unbzip2();
    let settled = false;
    const finish = (complete: boolean) => {
      if (settled) return;
      settled = true;
      resolve(collected.result(complete));
    };
    stream.on('data', (chunk: Buffer) => {
      if (!settled && !collected.add(chunk)) finish(false);
    });
    stream.on('end', () => finish(true));
    stream.on('error', (error: Error) => {
      if (collected.length > 0) finish(false);
      else if (!settled) reject(error);
      settled = true;
    });
    for (let at = 0; at < compressed.length && !settled; at += 1024 * 1024) stream.write(Buffer.from(compressed.subarray(at, at + 1024 * 1024)));
    if (!settled) stream.end();
  });
}
