import { mkdir, rm } from 'node:fs/promises';
import { AppError } from '../../../shared/errors.ts';
import { startProcess, type ChildProcessHandle, type StartChild } from '../../processes/parent.ts';
import type { JsonKeys, JsonKeysRequest, ParquetFooter, PruneRequest, RunRequest, RunResult } from './engine/protocol.ts';

/** How long an interrupted query may go on before its process is killed, in ms. */
const OBEYS_WITHIN = 3000;

/** The engine process: started with the first query, again after it died. */
export class EngineClient {
  private readonly startChild: StartChild;
  private readonly blobsDir: string;
  readonly workDir: string;
  private engine: ChildProcessHandle | undefined;
  /** Killed because one call did not end: the others had done nothing wrong. */
  private readonly sacrificed = new WeakSet<ChildProcessHandle>();

  private constructor(options: { startChild: StartChild; blobsDir: string; workDir: string }) {
    this.startChild = options.startChild;
    this.blobsDir = options.blobsDir;
    this.workDir = options.workDir;
  }

  /** Empties `workDir`: what an earlier process left there belongs to nobody. */
  static async open(options: { startChild: StartChild; blobsDir: string; workDir: string }): Promise<EngineClient> {
    await rm(options.workDir, { recursive: true, force: true });
    await mkdir(options.workDir, { recursive: true, mode: 0o700 });
    return new EngineClient(options);
  }

  run(request: RunRequest, signal: AbortSignal): Promise<RunResult> {
    return this.call('run', request, signal);
  }

  prune(request: PruneRequest, signal: AbortSignal): Promise<number[]> {
    return this.call('prune', request, signal);
  }

  footers(files: string[], signal: AbortSignal): Promise<ParquetFooter[]> {
    return this.call('footers', files, signal);
  }

  jsonKeys(request: JsonKeysRequest, signal: AbortSignal): Promise<JsonKeys> {
    return this.call('jsonKeys', request, signal);
  }

  /** Starts the process ahead of the first query. */
  async warm(): Promise<void> {
    await this.current().ready;
  }

  close(): void {
    this.engine?.kill();
    this.engine = undefined;
  }

  private current(): ChildProcessHandle {
    if (!this.engine?.alive) this.engine = startProcess(this.startChild, 'lake-engine', ['--blobs', this.blobsDir, '--work', this.workDir]);
    return this.engine;
  }

  /**
   * A call that does not end soon after it was interrupted costs the process; what else ran in it runs once more in the
   * next one. A process that ends by itself fails all of its calls.
   */
  private async call<T>(method: string, args: unknown, signal: AbortSignal): Promise<T> {
    const engine = this.current();
    let deadline: NodeJS.Timeout | undefined;
    const watch = () => {
      deadline = setTimeout(() => {
        this.sacrificed.add(engine);
        engine.kill();
      }, OBEYS_WITHIN);
    };
    signal.addEventListener('abort', watch, { once: true });
    try {
      return await engine.call<T>(method, args, { signal });
    } catch (error) {
      const innocent = this.sacrificed.has(engine) && !signal.aborted && error instanceof AppError && error.code === 'EngineDied';
      if (innocent) return await this.call(method, args, signal);
      throw error;
    } finally {
      signal.removeEventListener('abort', watch);
      clearTimeout(deadline);
    }
  }
}
