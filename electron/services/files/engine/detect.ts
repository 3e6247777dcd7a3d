import { isTarHeader } from './tar.ts';
import type { Compression } from './unfold.ts';

/** What an object is, by its first bytes; names only decide between kinds of text. */
export type Detected =
  | { kind: 'parquet' | 'avro' | 'zip' | 'tar' | 'pdf' | 'text' }
  | { kind: 'compressed'; codec: Compression }
  | { kind: 'image'; mediaType: string }
  /** Known, but with no preview: `what` names it. */
  | { kind: 'binary'; what?: string };

const startsWith = (bytes: Uint8Array, magic: string | number[], at = 0): boolean => {
  const wanted = typeof magic === 'string' ? [...Buffer.from(magic, 'latin1')] : magic;
  return wanted.every((byte, i) => bytes[at + i] === byte);
};

const BINARY: [string | number[], string][] = [
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'xz'],
  [[0x04, 0x22, 0x4d, 0x18], 'LZ4'],
  [[0xff, 0x06, 0x00, 0x00, 0x73, 0x4e, 0x61, 0x50], 'Snappy'],
  ['7z\xbc\xaf\x27\x1c', '7-Zip'],
  ['Rar!', 'RAR'],
  ['SQLite format 3', 'SQLite'],
  ['PARE', 'encrypted Parquet'],
];

export function detect(bytes: Uint8Array): Detected {
  if (startsWith(bytes, 'PAR1')) return { kind: 'parquet' };
  if (startsWith(bytes, 'Obj\x01')) return { kind: 'avro' };
  const codec = compressionOf(bytes);
  if (codec) return { kind: 'compressed', codec };
  // An empty zip file is its end record only.
  if (startsWith(bytes, 'PK\x03\x04') || startsWith(bytes, 'PK\x05\x06')) return { kind: 'zip' };
  if (startsWith(bytes, '%PDF-')) return { kind: 'pdf' };
  if (startsWith(bytes, 'ORC') && !looksLikeText(bytes)) return { kind: 'binary', what: 'Apache ORC' };
  if (isTarHeader(bytes)) return { kind: 'tar' };
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47])) return { kind: 'image', mediaType: 'image/png' };
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return { kind: 'image', mediaType: 'image/jpeg' };
  if (startsWith(bytes, 'GIF8')) return { kind: 'image', mediaType: 'image/gif' };
  if (startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8)) return { kind: 'image', mediaType: 'image/webp' };
  if (startsWith(bytes, 'ftypavif', 4) || startsWith(bytes, 'ftypavis', 4)) return { kind: 'image', mediaType: 'image/avif' };
  for (const [magic, what] of BINARY) if (startsWith(bytes, magic)) return { kind: 'binary', what };
  return looksLikeText(bytes) ? { kind: 'text' } : { kind: 'binary' };
}

export function compressionOf(bytes: Uint8Array): Compression | undefined {
  if (startsWith(bytes, [0x1f, 0x8b])) return 'gzip';
  if (startsWith(bytes, [0x28, 0xb5, 0x2f, 0xfd])) return 'zstd';
  // `BZh`, the block size, and the first block's or the end's marker.
  if (startsWith(bytes, 'BZh') && (startsWith(bytes, [0x31, 0x41, 0x59, 0x26, 0x53, 0x59], 4) || startsWith(bytes, [0x17, 0x72, 0x45, 0x38, 0x50, 0x90], 4))) return 'bzip2';
  return undefined;
}

/** Text holds no NUL (UTF-16 aside) and hardly any control characters. */
function looksLikeText(bytes: Uint8Array): boolean {
  if (utf16Of(bytes)) return true;
  let controls = 0;
  const sample = bytes.subarray(0, 8192);
  for (const byte of sample) {
    if (byte === 0) return false;
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12 && byte !== 27) controls += 1;
  }
  return controls * 100 <= sample.length;
}

/** UTF-16 by its byte order mark, or by every other byte of Latin text being NUL. */
export function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (startsWith(bytes, [0xff, 0xfe])) return 'utf-16le';
  if (startsWith(bytes, [0xfe, 0xff])) return 'utf-16be';
  const sample = bytes.subarray(0, 512);
  if (sample.length < 4) return undefined;
  let even = 0;
  let odd = 0;
  sample.forEach((byte, at) => {
    if (byte === 0 && at % 2 === 0) even += 1;
    if (byte === 0 && at % 2 === 1) odd += 1;
  });
  const half = sample.length / 2;
  if (odd > half * 0.7 && even < half * 0.05) return 'utf-16le';
  if (even > half * 0.7 && odd < half * 0.05) return 'utf-16be';
  return undefined;
}
