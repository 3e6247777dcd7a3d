/** What an object is, by its first bytes; names only decide between kinds of text. */
export type Detected =
  | { kind: 'parquet' | 'gzip' | 'text' }
  | { kind: 'image'; mediaType: string }
  /** Known, but with no preview: `what` names it. */
  | { kind: 'binary'; what?: string };

const startsWith = (bytes: Uint8Array, magic: string | number[], at = 0): boolean => {
  const wanted = typeof magic === 'string' ? [...Buffer.from(magic, 'latin1')] : magic;
  return wanted.every((byte, i) => bytes[at + i] === byte);
};

const BINARY: [string | number[], string][] = [
  ['ORC', 'Apache ORC'],
  ['Obj\x01', 'Apache Avro'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'Zstandard'],
  ['BZh', 'bzip2'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'xz'],
  [[0x04, 0x22, 0x4d, 0x18], 'LZ4'],
  [[0xff, 0x06, 0x00, 0x00, 0x73, 0x4e, 0x61, 0x50], 'Snappy'],
  ['PK\x03\x04', 'ZIP'],
  ['%PDF-', 'PDF'],
  ['SQLite format 3', 'SQLite'],
  ['PARE', 'encrypted Parquet'],
];

export function detect(bytes: Uint8Array): Detected {
  if (startsWith(bytes, 'PAR1')) return { kind: 'parquet' };
  if (startsWith(bytes, [0x1f, 0x8b])) return { kind: 'gzip' };
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47])) return { kind: 'image', mediaType: 'image/png' };
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return { kind: 'image', mediaType: 'image/jpeg' };
  if (startsWith(bytes, 'GIF8')) return { kind: 'image', mediaType: 'image/gif' };
  if (startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8)) return { kind: 'image', mediaType: 'image/webp' };
  for (const [magic, what] of BINARY) if (startsWith(bytes, magic)) return { kind: 'binary', what };
  return looksLikeText(bytes) ? { kind: 'text' } : { kind: 'binary' };
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
