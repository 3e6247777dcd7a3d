import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Bytes on disk that nothing names yet. */
export interface Staged {
  blob: string;
  size: number;
  /** MD5 in hex: the ETag of an object written in one piece (of no meaning where hashing was switched off). */
  md5: string;
}
export type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Chunks are written together once they make up this many bytes. */
const WRITE_SIZE = 1 << 20;
const FAN_OUT = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'));

/** Immutable files with generated names under one folder, spread over 256 folders. */
export class Blobs {
  readonly dir: string;
  /** In use though perhaps not named by the index: being written, or about to be shared by a copy. */
  private readonly held = new Map<string, number>();

  /** Names given out since the start; needed until the sweep is over. */
  private made: Set<string> | undefined = new Set();

  private constructor(dir: string) {
    this.dir = dir;
  }

  static async open(dir: string): Promise<Blobs> {
    await Promise.all(FAN_OUT.map((sub) => mkdir(path.join(dir, sub), { recursive: true })));
    return new Blobs(dir);
  }

  path(blob: string): string {
    return path.join(this.dir, blob.slice(0, 2), blob);
  }

  /** A name for bytes that lie in other blobs; held until it is let go. */
  reserve(): string {
    return this.newName();
  }

  /**
   * Writes bytes to a new blob, held until named. When it resolves the system has them all: they outlive this process,
   * not a power cut (docs/decisions/0009). Where the source fails nothing stays.
   */
  async write(source: Bytes, { hash = true }: { hash?: boolean } = {}): Promise<Staged> {
    const blob = this.newName();
    const md5 = createHash('md5');
    let size = 0;
    try {
      const file = await open(this.path(blob), 'wx', 0o600);
      try {
        let batch: Uint8Array[] = [];
        let batched = 0;
        // One batch goes to disk while the next is received and hashed.
        let writing: Promise<unknown> = Promise.resolve();
        for await (const chunk of source) {
          if (hash) md5.update(chunk);
          size += chunk.length;
          batch.push(chunk);
          batched += chunk.length;
          if (batched < WRITE_SIZE) continue;
          await writing;
          writing = writeAll(file, batch, batched);
          writing.catch(() => undefined); // the next await reports it
          batch = [];
          batched = 0;
        }
        await writing;
        if (batched > 0) await writeAll(file, batch, batched);
      } finally {
        await file.close();
      }
    } catch (error) {
      await this.discard(blob);
      throw error;
    }
    return { blob, size, md5: md5.digest('hex') };
  }

  /** All of a blob, or `start` to `end` (both included). */
  read(blob: string, range: { start?: number; end?: number } = {}): AsyncIterable<Uint8Array> {
    return createReadStream(this.path(blob), { ...range, highWaterMark: WRITE_SIZE });
  }

  /** Takes over a finished file of the same file system by renaming it. */
  async adopt(file: string): Promise<Staged> {
    const md5 = createHash('md5');
    await pipeline(createReadStream(file, { highWaterMark: WRITE_SIZE }), md5);
    const { size } = await stat(file);
    const blob = this.newName();
    await rename(file, this.path(blob));
    return { blob, size, md5: md5.digest('hex') };
  }

  /** Keeps a blob from being removed until `letGo`, as often. */
  hold(blob: string): void {
    this.held.set(blob, (this.held.get(blob) ?? 0) + 1);
  }

  letGo(blob: string): void {
    const count = (this.held.get(blob) ?? 0) - 1;
    if (count > 0) this.held.set(blob, count);
    else this.held.delete(blob);
  }

  isHeld(blob: string): boolean {
    return this.held.has(blob);
  }

  remove(blob: string): Promise<void> {
    return rm(this.path(blob), { force: true });
  }

  /** Removes a staged blob that will not be named. */
  async discard(blob: string): Promise<void> {
    await this.remove(blob);
    this.letGo(blob);
  }

  /**
   * Removes what an earlier process left half-written: every blob that this process has not made and that
   * `namesUnder(fan-out)`, the index as it was at the start, does not know.
   */
  async sweep(namesUnder: (fanOut: string) => Promise<Set<string>>): Promise<void> {
    for (const sub of FAN_OUT) {
      const files = await readdir(path.join(this.dir, sub));
      const candidates = files.filter((blob) => !this.made?.has(blob));
      if (candidates.length === 0) continue;
      const named = await namesUnder(sub);
      await Promise.all(candidates.filter((blob) => !named.has(blob)).map((blob) => this.remove(blob)));
    }
    this.made = undefined;
  }

  private newName(): string {
    const blob = randomBytes(16).toString('hex');
    this.hold(blob);
    this.made?.add(blob);
    return blob;
  }
}

async function writeAll(file: FileHandle, batch: Uint8Array[], size: number): Promise<void> {
  const { bytesWritten } = await file.writev(batch);
  if (bytesWritten === size) return;
  // A short write (a nearly full disk): the rest again, so that the system says why.
  const rest = Buffer.concat(batch).subarray(bytesWritten);
  for (let at = 0; at < rest.length; ) at += (await file.write(rest, at)).bytesWritten;
}
