import { parentPort } from './child.ts';
import { nodeStartChild, type StartChild } from './parent.ts';
import type { FromGrandchild, ToParent } from './protocol.ts';

/** How this process starts another: by fork in Node; in an Electron utility process through its parent, as fork needs a fuse that is off. */
export const startFromHere = (outDir: string): StartChild => ('parentPort' in process ? brokeredStartChild() : nodeStartChild(outDir));

interface Listeners {
  message: ((message: ToParent) => void)[];
  exit: ((reason: string) => void)[];
}

function brokeredStartChild(): StartChild {
  const port = parentPort();
  const running = new Map<number, Listeners>();
  let next = 1;
  port.listen((message) => {
    if (!('grandchild' in message)) return;
    const from: FromGrandchild = message;
    const listeners = running.get(from.grandchild);
    if ('said' in from) for (const listener of listeners?.message ?? []) listener(from.said);
    else {
      running.delete(from.grandchild);
      for (const listener of listeners?.exit ?? []) listener(from.ended);
    }
  });
  return (name, args) => {
    const grandchild = next++;
    const listeners: Listeners = { message: [], exit: [] };
    running.set(grandchild, listeners);
    port.post({ grandchild, start: { name, args } });
    return {
      post: (message) => port.post({ grandchild, post: message }),
      onMessage: (listener) => void listeners.message.push(listener),
      onExit: (listener) => void listeners.exit.push(listener),
      kill: () => port.post({ grandchild, kill: true }),
      pid: undefined,
    };
  };
}
