import { open, type FileHandle } from 'node:fs/promises';

/** Part of a file: bytes `start` to `end`, both included. */
export interface Piece {
  path: string;
  start: number;
  end: number;
}

const CHUNK = 1 << 20;
/** Memory for chunks on their way, used again: fresh memory has to be faulted in, which takes longer than to fill and send it. */
const MOST_FREE = 16;
const free: Buffer[] = [];

/** The bytes of an object as a row of pieces of files, to be read once. */
export class StoredBytes implements AsyncIterable<Buffer> {
  private constructor(
    private readonly pieces: Piece[],
    private opened: FileHandle | undefined,
    private readonly release: () => void,
  ) {}

  /** The first file is open when this resolves; the others stay readable until `release` is called, at the end or on `close`. */
  static async open(pieces: Piece[], release: () => void = () => undefined): Promise<StoredBytes> {
    try {
      return new StoredBytes(pieces, pieces[0] && (await open(pieces[0].path, 'r')), release);
    } catch (error) {
      release();
      throw error;
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    try {
      for await (const bytes of this.read(() => Buffer.allocUnsafeSlow(CHUNK))) yield bytes;
    } finally {
      await this.close();
    }
  }

  /** Gives all bytes to `write`, one chunk after the other; the memory of each is used again when its promise resolves. */
  async sendTo(write: (bytes: Buffer) => Promise<void>): Promise<void> {
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
        if (bytesRead === 0) throw new Error(`${path} is shorter than the index says.`);
        at += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
      this.opened = undefined;
      await handle.close();
    }
  }
}
