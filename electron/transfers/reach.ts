import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { AppError, AppErrorData } from '../../shared/errors.ts';
import type { Tuning } from './tuning.ts';

/** Why the endpoint does not answer; undefined where it does. */
type Ask = () => Promise<AppError | undefined>;

interface Outage {
  why: AppErrorData;
  ask: Ask;
  waiting: Set<() => void>;
}

/**
 * Whether the endpoint of one connection can be reached. While it cannot, all its requests wait here for one that asks
 * again and again, ever less often (capped, with jitter); they go on together when it is answered.
 */
export class Reach {
  private outage: Outage | undefined;
  private asking: Promise<AppError | undefined> | undefined;
  private readonly wakers = new Set<() => void>();
  /** Cuts all waits before a next try short. */
  private now = new AbortController();

  constructor(private readonly tuning: Pick<Tuning, 'firstWait' | 'longestWait'>) {}

  /** Why nothing is reached now; undefined where nothing speaks against it. */
  get gone(): AppErrorData | undefined {
    return this.outage?.why;
  }

  /** Resolves when requests may go out. Rejects when the signal aborts. */
  async passes(signal: AbortSignal): Promise<void> {
    while (this.outage) {
      const { outage } = this;
      await new Promise<void>((resolve, reject) => {
        const go = () => {
          outage.waiting.delete(go);
          signal.removeEventListener('abort', onAbort);
          resolve();
        };
        const onAbort = () => {
          outage.waiting.delete(go);
          if (outage.waiting.size === 0) this.end(outage); // nobody asks for nobody; whoever comes next finds out
          reject(signal.reason as Error);
        };
        if (signal.aborted) return onAbort();
        signal.addEventListener('abort', onAbort, { once: true });
        outage.waiting.add(go);
      });
    }
  }

  /** A request found nobody there. */
  lost(why: AppErrorData, ask: Ask): void {
    if (this.outage) return;
    const outage = { why, ask, waiting: new Set<() => void>() };
    this.outage = outage;
    void this.watch(outage);
  }

  /** Somebody answered. */
  answered(): void {
    if (this.outage) this.end(this.outage);
  }

  /** Asks and tries at once, whatever the back-off says. */
  tryNow(): void {
    this.now.abort();
    this.now = new AbortController();
    setMaxListeners(0, this.now.signal);
  }

  /** A back-off that ends early when somebody wants it now. Rejects when the signal aborts. */
  async pause(ms: number, signal?: AbortSignal): Promise<void> {
    const any = signal ? AbortSignal.any([signal, this.now.signal]) : this.now.signal;
    await wait(ms, undefined, { signal: any }).catch(() => signal?.throwIfAborted());
  }

  /** One question at a time, however many want to know. */
  answers(ask: Ask): Promise<AppError | undefined> {
    return (this.asking ??= ask().finally(() => (this.asking = undefined)));
  }

  /** The machine slept: sockets that look alive may be dead, and the network may be another. */
  woke(): void {
    this.tryNow();
    for (const waker of [...this.wakers]) waker();
  }

  onWake(waker: () => void): () => void {
    this.wakers.add(waker);
    return () => this.wakers.delete(waker);
  }

  private async watch(outage: Outage): Promise<void> {
    for (let tries = 0; this.outage === outage; tries += 1) {
      const longest = Math.min(this.tuning.longestWait, this.tuning.firstWait * 2 ** tries);
      await this.pause(longest * (0.5 + Math.random() / 2));
      if (this.outage === outage && !(await this.answers(outage.ask))) this.end(outage);
    }
  }

  private end(outage: Outage): void {
    if (this.outage !== outage) return;
    this.outage = undefined;
    for (const go of [...outage.waiting]) go();
  }
}
