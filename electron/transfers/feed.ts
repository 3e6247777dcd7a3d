import type { Transfer } from '../../shared/contract/transfers.ts';
import type { Subscribable } from '../transport/eventStream.ts';

const EVERY = 100;
const SPEED_EVERY = 1000;

/** Tells listeners which transfers changed, ten times a second at most, and the speed of running ones every second. */
export class ChangeFeed implements Subscribable<Transfer[]> {
  private readonly listeners = new Set<(changed: Transfer[]) => void>();
  private readonly dirty = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private readonly speedTimer: NodeJS.Timeout;

  constructor(
    private readonly show: (id: string) => Transfer | undefined,
    readonly current: () => Transfer[],
    active: () => string[],
  ) {
    this.speedTimer = setInterval(() => active().forEach((id) => this.changed(id)), SPEED_EVERY);
    this.speedTimer.unref();
  }

  onChange(listener: (changed: Transfer[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  changed(id?: string): void {
    if (id !== undefined) this.dirty.add(id);
    this.timer ??= setTimeout(() => this.tell(), EVERY);
  }

  close(): void {
    clearTimeout(this.timer);
    clearInterval(this.speedTimer);
    this.listeners.clear();
  }

  private tell(): void {
    this.timer = undefined;
    const changed = [...this.dirty].map((id) => this.show(id)).filter((transfer) => transfer !== undefined);
    this.dirty.clear();
    if (changed.length > 0) for (const listener of this.listeners) listener(changed);
  }
}
