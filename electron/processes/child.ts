import { toErrorData, type ToChild, type ToParent } from './protocol.ts';

/** What a handler gets beside its arguments. */
export interface Call {
  signal: AbortSignal;
  progress(value: unknown): void;
}
export type Handlers = Record<string, (args: never, call: Call) => Promise<unknown>>;

interface Port {
  post(message: ToParent): void;
  listen(receive: (message: ToChild) => void): void;
}

interface ElectronParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: ToChild }) => void): void;
}

/** Electron's utilityProcess gives `process.parentPort`, Node's fork gives `process.send`. */
export function parentPort(): Port {
  const electronPort = (process as unknown as { parentPort?: ElectronParentPort }).parentPort;
  if (electronPort) {
    return {
      post: (message) => electronPort.postMessage(message),
      listen: (receive) => electronPort.on('message', (event) => receive(event.data)),
    };
  }
  // A child whose parent is gone has nobody to work for. Not `exit`: that waits for DuckDB to finish its query.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  return {
    post: (message) => process.send?.(message),
    listen: (receive) => process.on('message', (message) => receive(message as ToChild)),
  };
}

/** Serves calls from the parent until the parent goes. Called once, at the end of a child's entry file. */
export function serveParent(handlers: Handlers): void {
  const port = parentPort();
  const running = new Map<number, AbortController>();
  port.listen((message) => {
    if ('grandchild' in message) return; // brokered.ts listens for these
    if ('cancel' in message) {
      running.get(message.cancel)?.abort();
      return;
    }
    const { id, method, args } = message;
    const handler = handlers[method];
    const controller = new AbortController();
    running.set(id, controller);
    const call: Call = { signal: controller.signal, progress: (progress) => port.post({ id, progress }) };
    Promise.resolve()
      .then(() => {
        if (!handler) throw new Error(`This process has no method ${method}.`);
        return handler(args as never, call);
      })
      .then(
        (value) => port.post({ id, value }),
        (error: unknown) => port.post({ id, error: toErrorData(error) }),
      )
      .finally(() => running.delete(id));
  });
  port.post({ ready: true });
}
