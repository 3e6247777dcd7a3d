import { configure, Reader, ZipReader, type Entry } from '@zip.js/zip.js';
import type { ArchiveEntry, ArchivePage, EntryPlace } from '../../../../shared/contract/preview.ts';
import { partSource, unfoldedSource, type ReadableSource, type Source } from './source.ts';
import { unfoldHead } from './unfold.ts';

// All of it runs in this process, which is made to be lost.
configure({ useWebWorkers: false });

const ENTRIES_A_PAGE = 1000;
/** A list of entries that is longer is not read. */
const LARGEST_DIRECTORY = 24 * 1024 * 1024;
const LOCAL_HEADER = 30;
/** Compressed bytes of an entry that are read at first, and what they may unfold to. */
const ENTRY_HEAD = 256 * 1024;
const MOST_UNFOLDED = 4 * 1024 * 1024;
/** An entry that unfolds to no more than this can be read anywhere in. */
const LARGEST_WHOLE = 16 * 1024 * 1024;
const METHODS: Record<number, 'stored' | 'deflate' | 'zstd' | 'bzip2'> = { 0: 'stored', 8: 'deflate', 12: 'bzip2', 93: 'zstd' };

/** zip.js asks for what it needs of the file: its end, the directory. */
class RangeReader extends Reader<ReadableSource> {
  constructor(private readonly source: ReadableSource) {
    super(source);
    this.size = source.size;
  }
  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    if (length > LARGEST_DIRECTORY) throw new Error(`The list of entries takes ${length} bytes; a preview reads no more than ${LARGEST_DIRECTORY}.`);
    return this.source.read(index, Math.min(index + length, this.size));
  }
}

/** One page of the central directory, which is at the end of the file; Zip64 too. */
export async function listZip(source: ReadableSource, from: number): Promise<ArchivePage> {
  const reader = new ZipReader(new RangeReader(source), { checkSignature: false });
  const entries: ArchiveEntry[] = [];
  let at = 0;
  let more = false;
  for await (const entry of reader.getEntriesGenerator()) {
    if (entries.length === ENTRIES_A_PAGE) {
      more = true;
      break;
    }
    if (at >= from) entries.push(toEntry(entry));
    at += 1;
  }
  return { entries, ...(more ? { next: at } : { total: at }) };
}

function toEntry(entry: Entry): ArchiveEntry {
  const { filename, directory, offset, uncompressedSize, compressedSize, encrypted, lastModDate } = entry;
  const method = (entry as { compressionMethod?: number }).compressionMethod ?? 0;
  return {
    container: 'zip',
    name: filename.slice(0, 4096),
    kind: directory ? 'folder' : 'file',
    offset: safe(offset),
    size: safe(uncompressedSize),
    compressedSize: safe(compressedSize),
    modified: Number.isNaN(lastModDate?.getTime()) ? undefined : lastModDate?.toISOString(),
    sealed: encrypted ? 'encrypted' : METHODS[method] ? undefined : 'method',
  };
}

const safe = (value: number): number => (Number.isSafeInteger(value) && value >= 0 ? value : 0);

/** The beginning of one entry's content: its local header, then as many compressed bytes as a preview needs. */
export async function zipEntry(source: ReadableSource, { name, offset, size, compressedSize }: EntryPlace): Promise<Source> {
  const header = Buffer.from(await source.read(offset, Math.min(source.size, offset + LOCAL_HEADER)));
  if (header.length < LOCAL_HEADER || header.readUInt32LE(0) !== 0x04034b50) throw new Error(`There is no entry at byte ${offset}.`);
  if (header.readUInt16LE(6) & 1) throw new Error('The entry is encrypted.');
  const method = METHODS[header.readUInt16LE(8)];
  if (!method) throw new Error(`The entry is compressed by method ${header.readUInt16LE(8)}, which is not read here.`);
  const start = offset + LOCAL_HEADER + header.readUInt16LE(26) + header.readUInt16LE(28);
  const end = start + compressedSize;
  if (end > source.size) throw new Error('The entry points outside the file.');
  const short = name.slice(name.lastIndexOf('/') + 1);
  if (method === 'stored') return partSource(source, short, start, compressedSize, ENTRY_HEAD);
  const small = compressedSize <= LARGEST_WHOLE / 4 && size <= LARGEST_WHOLE && /\.(parquet|avro|png|jpe?g|gif|webp|avif|svg)$/i.test(short);
  const wanted = small ? compressedSize : Math.min(compressedSize, method === 'bzip2' ? 4 * ENTRY_HEAD : ENTRY_HEAD);
  const compressed = await source.read(start, start + wanted);
  const { bytes, complete } = await unfoldHead(method, compressed, small ? LARGEST_WHOLE : MOST_UNFOLDED, wanted === compressedSize);
  return unfoldedSource(short, bytes, complete);
}
