import { AppError } from '../../../shared/errors.ts';
import type { BackendContext } from '../../context.ts';
import { startProcess, type ChildProcessHandle } from '../../processes/parent.ts';
import type { FileHead, Need, Parsed } from './engine/protocol.ts';

const IDLE = 30_000;

/** What a parse needs beside the head: more of the object's bytes. */
export type ReadRange = (start: number, end: number) => Promise<Uint8Array>;

/**
 * The disposable process in which foreign files are parsed: started when needed, ended when idle, when a file takes too
 * long or when it dies of one. One file at a time has it, so that the file to blame is known.
 */
export class FilesEngine {
  private child: ChildProcessHandle | undefined;
  private idle: NodeJS.Timeout | undefined;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly startChild: BackendContext['startChild'],
    private readonly limit = 20_000,
  ) {}

  /** EngineDied or Timeout naming `resource` where the file broke the process; BadInput where it could not be parsed. */
  parse(resource: string, file: FileHead, read: ReadRange): Promise<Parsed> {
    const mine = this.turn.then(() => this.parseNow(resource, file, read));
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private async parseNow(resource: string, file: FileHead, read: ReadRange): Promise<Parsed> {
    clearTimeout(this.idle);
    const child = this.child?.alive ? this.child : (this.child = startProcess(this.startChild, 'files-engine'));
    let readFailure: unknown;
    let timer: NodeJS.Timeout | undefined;
    let timedOut = false;
    const arm = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        timedOut = true;
        child.kill();
      }, this.limit);
    };
    // The clock runs while the process computes, not while S3 is read for it.
    const supply = (need: Need) => {
      clearTimeout(timer);
      read(need.start, need.end)
        .then((bytes) => {
          arm();
          return child.call('supply', { session: need.session, id: need.id, bytes });
        })
        .catch((error: unknown) => {
          readFailure ??= error;
          child.kill(); // it would wait for bytes that do not come
        });
    };
    try {
      await child.ready;
      arm();
      return await child.call<Parsed>('parse', file, { onProgress: (need) => supply(need as Need) });
    } catch (error) {
      throw readFailure ?? this.blame(resource, error, timedOut);
    } finally {
      clearTimeout(timer);
      this.idle = setTimeout(() => this.close(), IDLE);
      this.idle.unref();
    }
  }

  close(): void {
    clearTimeout(this.idle);
    this.child?.kill();
    this.child = undefined;
  }

  private blame(resource: string, error: unknown, timedOut: boolean): AppError {
    const detail = 'The file is damaged, or made to harm. Nothing else is affected.';
    if (timedOut) return new AppError('Timeout', `Reading ${resource} took longer than ${this.limit / 1000} s and was stopped.`, { detail, resource });
    if (error instanceof AppError && error.code === 'EngineDied') {
      return new AppError('EngineDied', `The process that read ${resource} ended.`, { detail, resource, cause: error });
    }
    return new AppError('BadInput', `${resource} cannot be read: ${(error as Error).message}`, { detail, resource, cause: error });
  }
}
