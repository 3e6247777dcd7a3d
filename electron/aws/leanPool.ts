import type { ConnectionOptions } from 'node:tls';
import { LeanConnection, type LeanReply, type Origin, type Sink } from './leanConnection.ts';
import type { Head } from './leanHead.ts';

/** Lean connections, kept open between requests. How many there are is for the caller to limit. */
export class LeanPool {
  private readonly idle = new Map<string, LeanConnection[]>();
  private readonly all = new Set<LeanConnection>();

  /** What the agents of other requests were made with. */
  constructor(private readonly agents: { http: ConnectionOptions; https: ConnectionOptions }) {}

  /** One GET, written out in full. `accept` may be called a second time, where a connection proves to be closed before anything came. */
  async get(origin: Origin, request: string, accept: (head: Head) => Sink, signal: AbortSignal): Promise<LeanReply | undefined> {
    const name = `${origin.secure ? 'https' : 'http'}://${origin.host}:${origin.port}`;
    for (;;) {
      signal.throwIfAborted();
      const connection = this.idle.get(name)?.pop() ?? this.open(origin, name);
      const { reused } = connection;
      const onAbort = () => connection.destroy();
      signal.addEventListener('abort', onAbort, { once: true });
      try {
        return await connection.get(request, accept);
      } catch (error) {
        // The server closed an idle connection just as it was taken again: no answer was on its way.
        if (!reused || !connection.silent || signal.aborted) throw error;
      } finally {
        signal.removeEventListener('abort', onAbort);
      }
    }
  }

  close(): void {
    for (const connection of this.all) connection.destroy();
  }

  private open(origin: Origin, name: string): LeanConnection {
    const connection = new LeanConnection(origin, origin.secure ? this.agents.https : this.agents.http, {
      idle: (one) => {
        const idle = this.idle.get(name);
        if (idle) idle.push(one);
        else this.idle.set(name, [one]);
      },
      gone: (one) => {
        this.all.delete(one);
        const idle = this.idle.get(name);
        const at = idle?.indexOf(one) ?? -1;
        if (at >= 0) idle!.splice(at, 1);
      },
    });
    this.all.add(connection);
    return connection;
  }
}
