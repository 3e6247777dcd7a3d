import type { AppError } from '../../../shared/errors.ts';
import { startProcess, type ChildProcessHandle, type StartChild } from '../../processes/parent.ts';
import type { DeskMethods } from './process/protocol.ts';

/** A process nobody uses ends after so long. */
const IDLE_MS = 60_000;
/** A statement that does not hear that it is to stop is ended with its process. */
const STOP_WITHIN_MS = 5_000;

export interface DeskProcesses {
  /** Runs `method` in a process that works for nobody else meanwhile. EngineDied where the process ended over it. */
  call<M extends keyof DeskMethods>(method: M, args: DeskMethods[M]['args'], signal?: AbortSignal): Promise<DeskMethods[M]['value']>;
  close(): void;
}

/** Processes of the desk engine: each works on one thing at a time, so that what kills one harms nothing else. One is kept warm. */
export function createDeskProcesses(start: StartChild): DeskProcesses {
  const running = new Set<ChildProcessHandle>();
  let idle: ChildProcessHandle | undefined;
  let timer: NodeJS.Timeout | undefined;

  const end = (child: ChildProcessHandle | undefined) => {
    if (child?.alive) child.kill();
  };

  function take(): ChildProcessHandle {
    clearTimeout(timer);
    const child = idle?.alive ? idle : startProcess(start, 'desk-engine');
    idle = undefined;
    running.add(child);
    return child;
  }

  function giveBack(child: ChildProcessHandle): void {
    if (!running.delete(child) || !child.alive) return;
    if (idle?.alive) return end(child);
    idle = child;
    timer = setTimeout(() => end(child), IDLE_MS);
    timer.unref();
  }

  return {
    async call(method, args, signal) {
      const child = take();
      let late: NodeJS.Timeout | undefined;
      const left = () => {
        late = setTimeout(() => end(child), STOP_WITHIN_MS);
      };
      signal?.addEventListener('abort', left, { once: true });
      try {
        return await child.call(method, args, signal ? { signal } : {});
      } finally {
        clearTimeout(late);
        signal?.removeEventListener('abort', left);
        giveBack(child);
      }
    },
    close() {
      clearTimeout(timer);
      for (const child of [...running, idle]) end(child);
      running.clear();
      idle = undefined;
    },
  };
}

export const hasDied = (error: unknown): error is AppError => (error as Partial<AppError> | undefined)?.code === 'EngineDied';
