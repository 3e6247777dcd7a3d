import type { BackendContext } from '../../context.ts';
import { AppError } from '../../../shared/errors.ts';
import { readParquetChunks } from '../files/index.ts';
import { overlapOf, type LargeObject } from './listing.ts';

type Chunks = Awaited<ReturnType<typeof readParquetChunks>>;

/** Engines read what lies between two wanted pieces along with them, where it is no more than this. */
const MERGED_GAP = 1024 ** 2;
/** They guess where the footer starts, and read at least this of the file's end. */
const TAIL = 48 * 1024;
const PIECE = 32 * 1024 ** 2;
const KEPT = 2000;

/** Footers read so far; an object of one ETag never changes. */
export class Footers {
  private readonly known = new Map<string, Chunks | null>();
  constructor(private readonly context: Pick<BackendContext, 'aws' | 'startChild'>) {}

  /**
   * By how many bytes a query of some columns reads less than the whole object, at least. 0 where the footer does not
   * tell: it cannot be read, or the object is not Parquet.
   */
  async saving(connectionId: string, object: LargeObject, columns: ReadonlySet<string>, signal: AbortSignal): Promise<number> {
    const chunks = await this.chunksOf(connectionId, object, signal);
    return chunks ? Math.max(0, object.size + overlapOf(object.size) - bytesOf(chunks, object.size, columns)) : 0;
  }

  private async chunksOf(connectionId: string, object: LargeObject, signal: AbortSignal): Promise<Chunks | null> {
    const id = JSON.stringify([connectionId, object.bucket, object.key, object.etag, object.size]);
    const before = this.known.get(id);
    if (before !== undefined) return before;
    let found: Chunks | null;
    try {
      found = await readParquetChunks(this.context, { connectionId, ...object }, signal);
    } catch (error) {
      if (signal.aborted || !(error instanceof AppError)) throw error;
      if (error.retryable) return null;
      found = null;
    }
    if (this.known.size >= KEPT) this.known.delete(this.known.keys().next().value!);
    this.known.set(id, found);
    return found;
  }
}

/** Bytes read of a Parquet file for some columns: their chunks, small gaps between them, the footer for each piece. */
export function bytesOf({ columns, chunks, footer }: Chunks, size: number, wanted: ReadonlySet<string>): number {
  const used = new Set(columns.flatMap((name, i) => (wanted.has(name) ? [i] : [])));
  const pieces = chunks.filter(({ column }) => used.has(column)).toSorted((a, b) => a.start - b.start);
  let bytes = 0;
  let end = -Infinity;
  for (const piece of pieces) {
    const from = piece.start - end <= MERGED_GAP ? end : piece.start;
    if (piece.end > end) bytes += piece.end - Math.max(from, 0);
    end = Math.max(end, piece.end);
  }
  return bytes + Math.min(size, Math.max(TAIL, footer)) * Math.ceil(size / PIECE);
}
