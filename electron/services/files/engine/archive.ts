import type { ArchivePage, EntryPlace } from '../../../../shared/contract/preview.ts';
import { compressionOf, detect } from './detect.ts';
import { firstBytes, partSource, readable, unfoldedSource, type Source } from './source.ts';
import { listTar } from './tar.ts';
import { unfoldHead } from './unfold.ts';
import { listZip, zipEntry } from './zip.ts';

/** Of a compressed archive only these first bytes are read, and unfolded to no more than that. */
const COMPRESSED_HEAD = 1024 * 1024;
const MOST_UNFOLDED = 16 * 1024 * 1024;
const ENTRY_HEAD = 256 * 1024;

/** A compressed file's beginning, unfolded. */
export async function unfoldSource(source: Source, most = MOST_UNFOLDED, headBytes = COMPRESSED_HEAD): Promise<Source> {
  const codec = compressionOf(source.head);
  if (!codec) throw new Error('The file is not compressed in a way that is known here.');
  const head = await firstBytes(source, headBytes);
  const { bytes, complete } = await unfoldHead(codec, head, most, source.size !== undefined && head.length >= source.size);
  return unfoldedSource(source.name.replace(/\.(gz|gzip|zst|zstd|bz2)$/i, '').replace(/\.t(gz|zst|bz2)$/i, '.tar'), bytes, complete);
}

/** Entries of a zip or tar file from `from` on (of the page before). */
export async function listEntries(source: Source, { from }: { from: number }): Promise<ArchivePage> {
  if (compressionOf(source.head)) return listTar(await unfoldSource(source), from, 'tarHead');
  if (detect(source.head).kind === 'zip') {
    if (!readable(source)) throw new Error('The list of a zip file is at its end, which is not here.');
    return listZip(source, from);
  }
  return listTar(source, from, 'tar');
}

/** The content of one entry, as a file of its own. */
export async function entrySource(source: Source, entry: EntryPlace): Promise<Source> {
  const name = entry.name.slice(entry.name.lastIndexOf('/') + 1);
  if (entry.container === 'tarHead') {
    const inner = await unfoldSource(source);
    const bytes = inner.head.subarray(entry.offset, entry.offset + entry.size);
    if (bytes.length === 0 && entry.size > 0) throw new Error('This entry lies beyond the first bytes of the archive, which are all that is read of a compressed one.');
    return unfoldedSource(name, bytes, bytes.length === entry.size);
  }
  if (!readable(source)) throw new Error('Archives inside archives are not opened.');
  if (entry.container === 'zip') return zipEntry(source, entry);
  if (entry.offset + entry.size > source.size) throw new Error('The entry points outside the file.');
  return partSource(source, name, entry.offset, entry.size, ENTRY_HEAD);
}
