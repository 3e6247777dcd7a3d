import { startProcess, type ChildProcessHandle, type StartChild } from '../processes/parent.ts';
import type { EngineMethods, EngineOptions } from './engine/protocol.ts';

/** Calls of the results engine. A call whose engine dies fails with EngineDied; the next one starts a new engine. */
export interface ResultsEngine {
  call<M extends keyof EngineMethods>(
    method: M,
    args: EngineMethods[M]['args'],
    options?: { signal?: AbortSignal | undefined; onProgress?: ((value: unknown) => void) | undefined },
  ): Promise<EngineMethods[M]['value']>;
  /** Starts the process, where it does not run, so that the first call need not wait for it. */
  warm(): void;
  /** The running process, if there is one. */
  readonly pid: number | undefined;
  close(): void;
}

export function createResultsEngine(start: StartChild, options: EngineOptions): ResultsEngine {
  let child: ChildProcessHandle | undefined;
  const running = (): ChildProcessHandle => {
    if (!child?.alive) child = startProcess(start, 'results-engine', [JSON.stringify(options)]);
    return child;
  };
  return {
    call: (method, args, { signal, onProgress } = {}) =>
      running().call(method, args, { ...(signal ? { signal } : {}), ...(onProgress ? { onProgress } : {}) }),
    warm: () => void running(),
    get pid() {
      return child?.alive ? child.pid : undefined;
    },
    close: () => child?.alive && child.kill(),
  } as ResultsEngine;
}
