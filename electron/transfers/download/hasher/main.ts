import { open, type FileHandle } from 'node:fs/promises';
import { ObjectHash } from '../../../checksums/hashes.ts';
import { serveParent, type Handlers } from '../../../processes/child.ts';
import type { HasherMethods } from './protocol.ts';

/** Computes checksums of files that are being written, behind whoever writes: SHA-256 alone would hold up a whole process. */
interface Following {
  handle: Promise<FileHandle>;
  hash: ObjectHash;
  position: number;
  /** One read after the other. */
  turn: Promise<void>;
}

const CHUNK = 256 * 1024;
const following = new Map<number, Following>();
const buffer = Buffer.allocUnsafeSlow(CHUNK);
let reading: Promise<unknown> = Promise.resolve();

/** Chunk by chunk, each file in its turn: they share the buffer. */
function next(file: Following, upTo: number): Promise<number> {
  const read = reading.then(async () => {
    const { bytesRead } = await (await file.handle).read(buffer, 0, Math.min(CHUNK, upTo - file.position), file.position);
    file.hash.update(buffer.subarray(0, bytesRead));
    file.position += bytesRead;
    return bytesRead;
  });
  reading = read.catch(() => undefined);
  return read;
}

function find(id: number): Following {
  const found = following.get(id);
  if (!found) throw new Error(`No file ${id} is followed.`);
  return found;
}

async function drop(id: number): Promise<void> {
  const file = following.get(id);
  following.delete(id);
  await (await file?.handle)?.close();
}

const handlers: { [Method in keyof HasherMethods]: (args: HasherMethods[Method]['args']) => Promise<HasherMethods[Method]['value']> } = {
  async begin({ id, path, algorithm, pieces, composite }) {
    const handle = open(path, 'r');
    handle.catch(() => undefined); // heard of by the first read
    following.set(id, { handle, hash: new ObjectHash(algorithm, pieces, composite), position: 0, turn: Promise.resolve() });
  },
  advance({ id, upTo }) {
    const file = find(id);
    file.turn = file.turn.then(async () => {
      while (file.position < upTo) if ((await next(file, upTo)) === 0) throw new Error('The file is shorter than it was said to be.');
    });
    file.turn.catch(() => undefined); // whoever advanced, and the digest, hear of it
    return file.turn;
  },
  async digest({ id }) {
    const file = find(id);
    try {
      await file.turn;
      return file.hash.digest();
    } finally {
      await drop(id);
    }
  },
  drop: ({ id }) => drop(id),
};
serveParent(handlers as unknown as Handlers);
