import { randomUUID } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';

interface Work {
  batches: AsyncGenerator<unknown>;
  stop: AbortController;
  /** The batch asked for last: asked for again where its answer got lost. */
  last: { number: number; answer: Promise<unknown> } | undefined;
  idle: NodeJS.Timeout;
}

/** Nobody asked for so long: the page is gone, or its user is. ms */
const IDLE = 10 * 60_000;

/** Works that go on only when the page asks for the next batch: the transport itself has no back-pressure. */
export class PulledWorks {
  readonly #works = new Map<string, Work>();

  start<T>(make: (signal: AbortSignal) => AsyncGenerator<T>): { id: string } {
    const id = randomUUID();
    const stop = new AbortController();
    this.#works.set(id, { batches: make(stop.signal), stop, last: undefined, idle: setTimeout(() => this.end(id), IDLE).unref() });
    return { id };
  }

  /** Batch `number`, or undefined after the last. NotFound where it was ended, or nobody asked for 10 minutes. */
  next<T>(id: string, number: number): Promise<T | undefined> {
    const work = this.#works.get(id);
    if (!work) throw new AppError('NotFound', 'This search has ended.', { detail: 'It was left alone for too long. Start it again.' });
    work.idle.refresh();
    if (work.last?.number !== number) work.last = { number, answer: work.batches.next().then(({ value, done }) => (done ? undefined : value)) };
    return work.last.answer as Promise<T | undefined>;
  }

  end(id: string): void {
    const work = this.#works.get(id);
    if (!work) return;
    this.#works.delete(id);
    clearTimeout(work.idle);
    work.stop.abort();
    void work.batches.return(undefined).catch(() => undefined);
  }

  close(): void {
    for (const id of this.#works.keys()) this.end(id);
  }
}
