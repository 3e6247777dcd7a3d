import { AppError } from '../../../shared/errors.ts';
import type { BackendContext } from '../../context.ts';
import { startProcess, type ChildProcessHandle } from '../../processes/parent.ts';
import type { FileHead, FileMethods, Need, Supply } from './engine/protocol.ts';

const IDLE = 30_000;

/** What a parse needs beside the head: more of the object's bytes. */
export type ReadRange = (start: number, end: number, exactly?: boolean) => Promise<Uint8Array>;

export interface Job<Name extends keyof FileMethods> {
  /** What an error names. */
  resource: string;
  file: FileHead;
  options: FileMethods[Name]['options'];
  read: ReadRange;
  signal?: AbortSignal | undefined;
}

/**
 * The disposable process in which foreign files are parsed: started when needed, ended when idle, when a file takes too
 * long, when nobody waits for it any more or when it dies of one. One file at a time has it, so that the file to blame is
 * known.
 */
export class FilesEngine {
  private child: ChildProcessHandle | undefined;
  private idle: NodeJS.Timeout | undefined;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly startChild: BackendContext['startChild'],
    private readonly limit = 20_000,
  ) {}

  /** EngineDied or Timeout naming the resource where the file broke the process; BadInput where it could not be parsed. */
  run<Name extends keyof FileMethods>(method: Name, job: Job<Name>): Promise<FileMethods[Name]['answer']> {
    const mine = this.turn.then(() => this.runNow(method, job));
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private async runNow<Name extends keyof FileMethods>(method: Name, { resource, file, options, read, signal }: Job<Name>): Promise<FileMethods[Name]['answer']> {
    const cancelled = () => new AppError('Cancelled', `Reading ${resource} was cancelled.`);
    if (signal?.aborted) throw cancelled();
    clearTimeout(this.idle);
    const child = this.child?.alive ? this.child : (this.child = startProcess(this.startChild, 'files-engine'));
    let readFailure: unknown;
    let timer: NodeJS.Timeout | undefined;
    let timedOut = false;
    let reading = 0;
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
      reading += 1;
      read(need.start, need.end, need.exactly)
        .then((bytes): Supply => ({ session: need.session, id: need.id, bytes }))
        .catch((error: unknown): Supply => {
          readFailure ??= error;
          return { session: need.session, id: need.id };
        })
        .then((answer) => {
          reading -= 1;
          if (reading === 0) arm();
          return child.call('supply', answer);
        })
        .catch(() => undefined); // the process is gone: the call below says so
    };
    // What computes hears of nothing; a new process is cheaper than waiting for the old one.
    const leave = () => {
      if (reading === 0) child.kill();
    };
    try {
      await child.ready;
      arm();
      signal?.addEventListener('abort', leave, { once: true });
      return await child.call<FileMethods[Name]['answer']>(method, { file, options }, { signal, onProgress: (need) => supply(need as Need) });
    } catch (error) {
      if (signal?.aborted) throw cancelled();
      throw readFailure ?? this.blame(resource, error, timedOut);
    } finally {
      signal?.removeEventListener('abort', leave);
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
