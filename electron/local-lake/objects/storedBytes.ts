import { closeSync, openSync, readSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

/** Part of a file: bytes `start` to `end`, both included. */
export interface Piece {
  path: string;
  start: number;
  end: number;
}

const CHUNK = 1 << 20;
/** Up to here bytes are read at once, on this thread: three trips to the thread pool cost ten times what the disk's cache takes. */
const SMALL = 64 * 1024;
/** Memory for chunks on their way, used again: fresh memory has to be faulted in, which takes longer than to fill and send it. */
const MOST_FREE = 16;
const free: Buffer[] = [];

/** The bytes of an object as a row of pieces of files, to be read once. */
export class StoredBytes implements AsyncIterable<Buffer> {
  private constructor(
    private readonly pieces: Piece[],
    private opened: FileHandle | undefined,
    private readonly release: () => void,
    /** All of them, where they are few. */
    readonly whole?: Buffer,
  ) {}

  /** The first file is open when this resolves; the others stay readable until `release` is called, at the end or on `close`. */
  static async open(pieces: Piece[], release: () => void = () => undefined): Promise<StoredBytes> {
    try {
      const [first] = pieces;
      if (first && pieces.length === 1 && lengthOf(first) <= SMALL) {
        const whole = readAll(first);
        release();
        return new StoredBytes([], undefined, () => undefined, whole);
      }
      return new StoredBytes(pieces, first && (await open(first.path, 'r')), release);
    } catch (error) {
      release();
      throw error;
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    if (this.whole) return yield this.whole;
    try {
      for await (const bytes of this.read(() => Buffer.allocUnsafeSlow(CHUNK))) yield bytes;
    } finally {
      await this.close();
    }
  }

  /** Gives all bytes to `write`, one chunk after the other; the memory of each is used again when its promise resolves. */
  async sendTo(write: (bytes: Buffer) => Promise<void>): Promise<void> {
    if (this.whole) return write(this.whole);
    const mine = [free.pop() ?? Buffer.allocUnsafeSlow(CHUNK), free.pop() ?? Buffer.allocUnsafeSlow(CHUNK)];
    let turn = 0;
    let writing = Promise.resolve();
    try {
      // One chunk is read while the one before goes out.
      for await (const bytes of this.read(() => mine[turn++ % 2]!)) {
        await writing;
        writing = write(bytes);
        writing.catch(() => undefined); // heard of with the next await
      }
      await writing;
      free.push(...mine.slice(0, Math.max(0, MOST_FREE - free.length)));
    } finally {
      await this.close();
    }
  }

  async close(): Promise<void> {
    const { opened } = this;
    this.opened = undefined;
    await opened?.close();
    this.release();
  }

  private async *read(memory: () => Buffer): AsyncGenerator<Buffer> {
    for (const { path, start, end } of this.pieces) {
      const handle = (this.opened ??= await open(path, 'r'));
      for (let at = start; at <= end; ) {
        const { bytesRead, buffer } = await handle.read(memory(), 0, Math.min(CHUNK, end - at + 1), at);
        if (bytesRead === 0) throw tooShort(path);
        at += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
      this.opened = undefined;
      await handle.close();
    }
  }
}

const lengthOf = ({ start, end }: Piece): number => end - start + 1;
const tooShort = (path: string): Error => new Error(`${path} is shorter than the index says.`);

function readAll(piece: Piece): Buffer {
  const { path, start } = piece;
  const bytes = Buffer.allocUnsafe(lengthOf(piece));
  const fd = openSync(path, 'r');
  try {
    for (let at = 0; at < bytes.length; ) {
      const count = readSync(fd, bytes, at, bytes.length - at, start + at);
      if (count === 0) throw tooShort(path);
      at += count;
    }
    return bytes;
  } finally {
    closeSync(fd);
  }
}
