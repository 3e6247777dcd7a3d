import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { AppError } from '../../../shared/errors.ts';
import type { SourceCheck } from '../across/check.ts';
import { localError } from '../localError.ts';

/** Where the bytes of an upload come from: a file of this machine, slices the page sends, or an object of another connection. */
export interface Source {
  size: number;
  mtimeMs: number;
  /** Exactly `length` bytes, in the memory `into` gives, which has room for them, where the source has none of its own. Conflict where the file has fewer by now. */
  read(offset: number, length: number, into?: () => Buffer): Promise<Buffer>;
  /** Conflict where the file is no longer what it was when it was opened. */
  assertUnchanged(): Promise<void>;
  close(): Promise<void>;
  /** Bytes a part, where it is not what any upload takes. */
  partSize?: number;
  /** Compares the bytes with a checksum that is known of them. */
  check?: SourceCheck;
}

const changed = (path: string) =>
  new AppError('Conflict', `${path} changed while it was uploaded.`, {
    detail: 'Nothing of it was kept in the bucket. Retry when no program writes to it any more.',
    resource: path,
  });

/** Opens a file to upload. NotFound, AccessDenied or BadInput (not a regular file) by name. */
export async function openSource(path: string): Promise<Source> {
  let handle: FileHandle;
  try {
    // Links were resolved or refused when the folder was read; one put there since is not followed.
    handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    throw localError(error, path, 'read');
  }
  const first = await handle.stat({ bigint: true });
  if (!first.isFile()) {
    await handle.close();
    throw new AppError('BadInput', `${path} is not a regular file.`, { resource: path });
  }
  return {
    size: Number(first.size),
    mtimeMs: Number(first.mtimeNs) / 1e6,
    async read(offset, length, into) {
      const buffer = into?.().subarray(0, length) ?? Buffer.allocUnsafeSlow(length);
      let filled = 0;
      while (filled < length) {
        const { bytesRead } = await handle.read(buffer, filled, length - filled, offset + filled);
        if (bytesRead === 0) throw changed(path);
        filled += bytesRead;
      }
      return buffer;
    },
    async assertUnchanged() {
      const now = await handle.stat({ bigint: true });
      if (now.size !== first.size || now.mtimeNs !== first.mtimeNs) throw changed(path);
    },
    close: () => handle.close(),
  };
}

/** A file that was read whole, unchanged while it was. */
export const sourceOfBytes = (bytes: Buffer, mtimeMs: number): Source => ({
  size: bytes.length,
  mtimeMs,
  read: async (offset, length) => bytes.subarray(offset, offset + length),
  assertUnchanged: async () => undefined,
  close: async () => undefined,
});
