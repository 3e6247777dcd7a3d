/** Runs work one after another per name; different names run side by side. */
export class KeyedMutex {
  private readonly tails = new Map<string, Promise<unknown>>();

  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.tails.get(name) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.tails.set(name, mine);
    try {
      return await mine;
    } finally {
      if (this.tails.get(name) === mine) this.tails.delete(name);
    }
  }

  /** Holds several names, which must be sorted (so that two such calls cannot wait for each other). */
  runAll<T>(names: string[], work: () => Promise<T>, from = 0): Promise<T> {
    const name = names[from];
    return name === undefined ? work() : this.run(name, () => this.runAll(names, work, from + 1));
  }
}

/** Many share, or one has it alone. Who shares may share again within: one that waits to be alone holds nobody up. */
export class SharedLock {
  private sharing = 0;
  private alone = false;
  private waiting: (() => void)[] = [];

  async share<T>(work: () => Promise<T>): Promise<T> {
    while (this.alone) await this.change();
    this.sharing++;
    try {
      return await work();
    } finally {
      this.sharing--;
      this.wake();
    }
  }

  async exclusive<T>(work: () => Promise<T>): Promise<T> {
    while (this.alone || this.sharing > 0) await this.change();
    this.alone = true;
    try {
      return await work();
    } finally {
      this.alone = false;
      this.wake();
    }
  }

  private change(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

/**
 * Deferred removal: what is given up while somebody reads goes only when all who had begun before it are done.
 * (Epoch-based reclamation: a reader needs to name nothing, so none can come between its listing and its reading.)
 */
export class Reclaimer {
  private epoch = 0;
  private readonly readers = new Set<number>();
  private waiting: { epoch: number; remove: () => void }[] = [];

  /** From now until the returned function is called nothing that exists now is removed. */
  pin(): () => void {
    const mine = ++this.epoch;
    this.readers.add(mine);
    return () => {
      this.readers.delete(mine);
      this.reclaim();
    };
  }

  later(remove: () => void): void {
    this.waiting.push({ epoch: this.epoch, remove });
    this.reclaim();
  }

  private reclaim(): void {
    const oldest = this.readers.size === 0 ? Infinity : Math.min(...this.readers);
    const due = this.waiting.filter((w) => w.epoch < oldest);
    if (due.length === 0) return;
    this.waiting = this.waiting.filter((w) => w.epoch >= oldest);
    for (const { remove } of due) remove();
  }
}
