import type { RawChild, StartChild } from './parent.ts';
import type { ForGrandchild, FromGrandchild } from './protocol.ts';

/** The parent's side: starts the processes a child asks for, relays between them, and ends them with the child. */
export function hostGrandchildren(start: StartChild, tell: (message: FromGrandchild) => void) {
  const running = new Map<number, RawChild>();
  return {
    receive(message: ForGrandchild): void {
      const { grandchild } = message;
      if ('start' in message) {
        const started = start(message.start.name, message.start.args);
        running.set(grandchild, started);
        started.onMessage((said) => tell({ grandchild, said }));
        started.onExit((ended) => {
          running.delete(grandchild);
          tell({ grandchild, ended });
        });
      } else if ('post' in message) running.get(grandchild)?.post(message.post);
      else running.get(grandchild)?.kill();
    },
    end(): void {
      for (const child of running.values()) child.kill();
    },
  };
}
