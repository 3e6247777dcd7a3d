import { fork } from 'node:child_process';
import { AppError } from '../../shared/errors.ts';
import { hostGrandchildren } from './grandchildren.ts';
import type { ProcessName } from './names.ts';
import type { ToChild, ToParent } from './protocol.ts';

/** A started child, whoever started it (Node's fork here; Electron's utilityProcess in shell/). */
export interface RawChild {
  post(message: ToChild): void;
  onMessage(receive: (message: ToParent) => void): void;
  /** Called once, when it has ended; `reason` is a code or a signal. */
  onExit(ended: (reason: string) => void): void;
  kill(): void;
  pid: number | undefined;
}
export type StartChild = (name: ProcessName, args: string[]) => RawChild;

/** A running child that answers calls. A child that dies rejects all of its open calls with EngineDied. */
export interface ChildProcessHandle {
  /** Resolves when the child serves. */
  ready: Promise<void>;
  call<T>(method: string, args: unknown, options?: { signal?: AbortSignal; onProgress?: (value: unknown) => void }): Promise<T>;
  onExit(ended: (reason: string) => void): void;
  kill(): void;
  readonly alive: boolean;
  readonly pid: number | undefined;
}

/** Node's way: fork out/NAME.js. `outDir` is where the bundles are. */
export function nodeStartChild(outDir: string): StartChild {
  return (name, args) => {
    // A process group of its own: Ctrl-C in the terminal is for us, who then end our children in order.
    const detached = process.platform !== 'win32';
    const child = fork(`${outDir}/${name}.js`, args, { detached, serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] });
    return {
      post: (message) => void (child.connected && child.send(message)),
      onMessage: (receive) => child.on('message', (message) => receive(message as ToParent)),
      onExit: (ended) => {
        let told = false;
        const once = (reason: string) => {
          if (!told) ended(reason);
          told = true;
        };
        child.once('exit', (code, signal) => once(signal ?? `code ${code}`));
        child.once('error', (error) => once(error.message));
      },
      kill: () => void child.kill('SIGKILL'),
      pid: child.pid,
    };
  };
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
  onProgress?: ((value: unknown) => void) | undefined;
}

export function startProcess(start: StartChild, name: ProcessName, args: string[] = []): ChildProcessHandle {
  const child = start(name, args);
  const grandchildren = hostGrandchildren(start, (message) => child.post(message));
  const pending = new Map<number, Pending>();
  const exitListeners: ((reason: string) => void)[] = [];
  let nextId = 1;
  let alive = true;
  let markReady!: () => void;
  let failReady!: (error: Error) => void;
  const ready = new Promise<void>((resolve, reject) => {
    markReady = resolve;
    failReady = reject;
  });
  ready.catch(() => undefined); // whoever calls gets the same error

  const died = (reason: string) =>
    new AppError('EngineDied', `The ${name} process ended (${reason}).`, { detail: 'It starts again with the next request.', retryable: true });

  child.onMessage((message) => {
    if ('ready' in message) return markReady();
    if ('grandchild' in message) return grandchildren.receive(message);
    const waiting = pending.get(message.id);
    if (!waiting) return;
    if ('progress' in message) return waiting.onProgress?.(message.progress);
    pending.delete(message.id);
    if ('error' in message) waiting.reject(AppError.fromData(message.error));
    else waiting.resolve(message.value);
  });
  child.onExit((reason) => {
    alive = false;
    grandchildren.end();
    const error = died(reason);
    failReady(error);
    for (const waiting of pending.values()) waiting.reject(error);
    pending.clear();
    for (const listener of exitListeners) listener(reason);
  });

  return {
    ready,
    async call<T>(method: string, callArgs: unknown, options: { signal?: AbortSignal; onProgress?: (value: unknown) => void } = {}) {
      await ready;
      if (!alive) throw died('earlier');
      if (options.signal?.aborted) throw new AppError('Cancelled', `${method} was cancelled.`);
      const id = nextId++;
      const cancel = () => child.post({ cancel: id });
      options.signal?.addEventListener('abort', cancel, { once: true });
      try {
        return await new Promise<T>((resolve, reject) => {
          pending.set(id, { resolve: resolve as (value: unknown) => void, reject, onProgress: options.onProgress });
          child.post({ id, method, args: callArgs });
        });
      } finally {
        options.signal?.removeEventListener('abort', cancel);
      }
    },
    onExit: (listener) => void exitListeners.push(listener),
    kill: () => child.kill(),
    get alive() {
      return alive;
    },
    pid: child.pid,
  };
}
