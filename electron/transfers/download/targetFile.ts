import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { Semaphore } from '../limiter.ts';
import { localError } from '../localError.ts';
import type { Block } from './blocks.ts';

/** Writes of one file at a time: the system locks the file for each, and more threads would spin while they wait. */
const WRITERS = 2;
/** What every disk and file system takes as a unit of direct writes. */
const SECTOR = 4096;

/**
 * A file that is written in blocks, in any order. Where the system allows, whole blocks of aligned memory go straight to
 * the disk: through the system's cache each byte is copied once more into memory that first has to be found, which takes
 * more processor time than all the rest of a download, only to be waited for at the sync. https://man7.org/linux/man-pages/man2/open.2.html (O_DIRECT)
 */
export class TargetFile {
  private readonly width = new Semaphore(WRITERS);

  /** `name` is what errors call the file. */
  private constructor(
    private readonly handle: FileHandle,
    private readonly direct: FileHandle | undefined,
    private readonly name: string,
  ) {}

  /** Over an open file, which is closed with this. `size`: bytes it will have; without one, it is not written directly. */
  static async over(handle: FileHandle, at: string, name: string, size?: number): Promise<TargetFile> {
    return new TargetFile(handle, size === undefined ? undefined : await openDirect(handle, at, size), name);
  }

  write({ bytes, aligned }: Block, count: number, position: number): Promise<void> {
    return this.width.run(async () => {
      try {
        const { direct } = this;
        if (direct && aligned && count % SECTOR === 0 && position % SECTOR === 0 && (await wroteDirectly(direct, bytes, count, position))) return;
        await writeAll(this.handle, bytes, count, position);
      } catch (error) {
        throw localError(error, this.name, 'write');
      }
    });
  }

  /** All that was written is on the disk. */
  sync(): Promise<void> {
    return this.handle.datasync();
  }

  async close(): Promise<void> {
    await Promise.all([this.handle.close(), this.direct?.close()]);
  }
}

async function wroteDirectly(direct: FileHandle, bytes: Buffer, count: number, position: number): Promise<boolean> {
  try {
    return (await direct.write(bytes, 0, count, position)).bytesWritten === count;
  } catch (error) {
    // This file system takes them in another unit only.
    if ((error as NodeJS.ErrnoException).code === 'EINVAL') return false;
    throw error;
  }
}

/** A second way into the same file, past the cache; `undefined` where the system or the file system has none. */
async function openDirect(handle: FileHandle, at: string, size: number): Promise<FileHandle | undefined> {
  if (!constants.O_DIRECT) return undefined;
  try {
    // A file that grows with each write is locked for each.
    if ((await handle.stat()).size < size) await handle.truncate(size);
    return await open(at, constants.O_WRONLY | constants.O_DIRECT | (constants.O_NOFOLLOW ?? 0));
  } catch {
    return undefined; // what is really wrong shows at the first write
  }
}

async function writeAll(handle: FileHandle, bytes: Buffer, count: number, position: number): Promise<void> {
  for (let done = 0; done < count; ) done += (await handle.write(bytes, done, count - done, position + done)).bytesWritten;
}
