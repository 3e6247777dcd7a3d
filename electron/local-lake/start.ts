import { AppError } from '../../shared/errors.ts';
import type { LocalLake, LocalLakeAddress, LocalLakeState } from '../context.ts';
import { startProcess, type ChildProcessHandle, type StartChild } from '../processes/parent.ts';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;
const CLOSE_MS = 5_000;

/** Starts the lake as a child process and keeps it running: where it dies it starts again, on the same port. */
export function startLocalLake({ dataDir, startChild, empty = false }: { dataDir: string; startChild: StartChild; empty?: boolean }): LocalLake {
  const listeners = new Set<(state: LocalLakeState) => void>();
  let state: LocalLakeState = { state: 'starting' };
  let address = pending<LocalLakeAddress>();
  let child: ChildProcessHandle | undefined;
  let port = '0';
  let pause = FIRST_PAUSE_MS;
  let restart: NodeJS.Timeout | undefined;
  let closed = false;

  const become = (next: LocalLakeState) => {
    state = next;
    for (const listener of listeners) listener(next);
  };

  const start = () => {
    const process = startProcess(startChild, 'lake', ['--data-dir', dataDir, '--port', port, ...(empty ? ['--empty'] : [])]);
    child = process;
    let refused = false;
    process.onExit((reason) => {
      if (closed || refused) return;
      if (address.settled) address = pending();
      become({ state: 'starting', message: `The local lake ended (${reason}) and starts again.` });
      restart = setTimeout(start, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    });
    process.call<LocalLakeAddress>('address', null).then(
      (at) => {
        port = new URL(at.endpoint).port;
        pause = FIRST_PAUSE_MS;
        address.resolve(at);
        process.call('watch', null, { onProgress: (value) => become(value as LocalLakeState) }).catch(() => undefined); // its end is told by onExit
      },
      (error: unknown) => {
        if (closed || !process.alive) return; // died: onExit starts it again
        process.kill();
        if (port !== '0' && error instanceof AppError && error.code === 'Conflict') port = '0'; // somebody took our port meanwhile
        else {
          refused = true;
          address.reject(error as Error);
          become({ state: 'failed', message: error instanceof AppError ? [error.message, error.detail].filter(Boolean).join(' ') : String(error) });
        }
      },
    );
  };
  start();

  return {
    get address() {
      return address.promise;
    },
    current: () => state,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      closed = true;
      clearTimeout(restart);
      if (!address.settled) address.reject(new AppError('Unavailable', 'The local lake was closed before it listened.'));
      if (!child?.alive) return;
      const late = new Promise((resolve) => setTimeout(resolve, CLOSE_MS).unref());
      await Promise.race([child.call('close', null).catch(() => undefined), late]); // whatever is left over ends with its process
      child.kill();
    },
  };
}

function pending<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  promise.catch(() => undefined); // whoever waits for it is told
  const state = {
    promise,
    settled: false,
    resolve: (value: T) => {
      state.settled = true;
      resolve(value);
    },
    reject: (error: Error) => {
      state.settled = true;
      reject(error);
    },
  };
  return state;
}
