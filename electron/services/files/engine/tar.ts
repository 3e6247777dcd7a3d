import type { ArchiveEntry, ArchivePage } from '../../../../shared/contract/preview.ts';
import type { Source } from './source.ts';

/** https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06 and GNU's extensions. */
const BLOCK = 512;
/** Entries of one page, and requests made for them: each entry that is large costs one. */
const ENTRIES_A_PAGE = 1000;
const HOPS_A_PAGE = 64;
/** Headers of neighbours come along where entries are small. */
const RUN = 64 * 1024;
/** A long name or a list of attributes that is larger is made to harm. */
const LARGEST_EXTENSION = 1024 * 1024;

export const isTarHeader = (block: Uint8Array): boolean => block.length >= BLOCK && sumsUp(block);

/** The checksum is of the header with its own field as spaces. */
function sumsUp(block: Uint8Array): boolean {
  const said = octal(block.subarray(148, 156));
  if (said === undefined || said === 0) return false;
  let sum = 0;
  for (let at = 0; at < BLOCK; at += 1) sum += at >= 148 && at < 156 ? 32 : block[at]!;
  return sum === said;
}

const text = (bytes: Uint8Array): string => {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
};

/** Octal digits, or GNU's big-endian number where the first bit is set. */
function octal(field: Uint8Array): number | undefined {
  if ((field[0]! & 0x80) !== 0) {
    const value = BigInt(`0x${Buffer.from(field).toString('hex')}`) & ((1n << BigInt(field.length * 8 - 1)) - 1n);
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : undefined;
  }
  const digits = text(field).trim();
  return digits === '' ? 0 : /^[0-7]+$/.test(digits) ? parseInt(digits, 8) : undefined;
}

/** `27 path=a/long/name\n…` */
export function paxRecords(bytes: Uint8Array): Map<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const length = space < 0 ? NaN : Number(Buffer.from(bytes.subarray(at, space)).toString('latin1'));
    if (!Number.isInteger(length) || length <= space - at + 1 || at + length > bytes.length) break;
    const record = new TextDecoder().decode(bytes.subarray(space + 1, at + length - 1));
    const equals = record.indexOf('=');
    if (equals > 0) records.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  return records;
}

const KINDS: Record<string, ArchiveEntry['kind']> = { '0': 'file', '\0': 'file', '7': 'file', '1': 'link', '2': 'link', '5': 'folder' };

/**
 * Entries from byte `from`, by hopping from header to header. What is not there any more (a file cut short, or only the
 * head of a compressed one) ends the list with `partial`.
 */
export async function listTar(source: Source, from: number, container: 'tar' | 'tarHead'): Promise<ArchivePage> {
  const end = source.size ?? source.head.length;
  const short = source.size === undefined ? 'head' : 'cut';
  const entries: ArchiveEntry[] = [];
  let window = { start: 0, bytes: source.head };
  let hops = 0;
  let run = RUN;
  const bytesAt = async (start: number, length: number): Promise<Uint8Array> => {
    if (start >= window.start && start + length <= window.start + window.bytes.length) return window.bytes.subarray(start - window.start, start - window.start + length);
    if (!source.read) return new Uint8Array();
    hops += 1;
    const stop = Math.min(end, start + Math.max(length, run));
    window = { start, bytes: start < stop ? await source.read(start, stop, true) : new Uint8Array() };
    return window.bytes.subarray(0, length);
  };

  let name: string | undefined;
  let size: number | undefined;
  for (let at = from; ; ) {
    if (entries.length >= ENTRIES_A_PAGE || hops >= HOPS_A_PAGE) return { entries, next: at };
    const header = await bytesAt(at, BLOCK);
    if (header.length < BLOCK) return { entries, ...(at !== end || source.size === undefined ? { partial: short } : {}) };
    if (header.every((byte) => byte === 0)) return { entries };
    if (!sumsUp(header)) {
      if (at === 0) throw new Error('The first header of the tar file is damaged.');
      return { entries, partial: 'cut' };
    }
    const type = String.fromCharCode(header[156]!);
    const stored = octal(header.subarray(124, 136));
    if (stored === undefined) throw new Error(`The size in the header at byte ${at} is not a number.`);
    const content = at + BLOCK;
    if ('xgLK'.includes(type)) {
      if (stored > LARGEST_EXTENSION) throw new Error(`The header at byte ${at} says that ${stored} bytes of attributes follow.`);
      const bytes = await bytesAt(content, stored);
      if (bytes.length < stored) return { entries, partial: short };
      if (type === 'L') name = text(bytes);
      if (type === 'x') {
        const records = paxRecords(bytes);
        name = records.get('path') ?? name;
        const said = Number(records.get('size') ?? NaN);
        if (Number.isSafeInteger(said) && said >= 0) size = said;
      }
      at = content + padded(stored);
      continue;
    }
    const bytes = size ?? stored;
    const kind = KINDS[type] ?? 'other';
    const seconds = octal(header.subarray(136, 148));
    const length = kind === 'file' ? bytes : 0;
    entries.push({
      container,
      name: (name ?? headerName(header)).slice(0, 4096),
      kind,
      offset: content,
      size: length,
      compressedSize: length,
      modified: seconds !== undefined && seconds < 8.64e12 ? new Date(seconds * 1000).toISOString() : undefined,
      sealed: kind === 'file' && !source.read && content + Math.min(length, 1) > source.head.length ? 'beyond' : undefined,
    });
    const next = content + padded(kind === 'link' || kind === 'folder' ? 0 : bytes);
    // Where files are large, only headers are read.
    run = next - at > RUN ? 2 * BLOCK : RUN;
    at = next;
    name = size = undefined;
  }
}

const padded = (size: number): number => Math.ceil(size / BLOCK) * BLOCK;

function headerName(header: Uint8Array): string {
  const own = text(header.subarray(0, 100));
  const posix = text(header.subarray(257, 263)) === 'ustar';
  const before = posix ? text(header.subarray(345, 500)) : '';
  return before ? `${before}/${own}` : own;
}
