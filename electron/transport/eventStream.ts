/** Something whose latest value can be read and whose changes can be heard. */
export interface Subscribable<T> {
  current(): T | undefined;
  onChange(listener: (value: T) => void): () => void;
}

export interface EventStreamOptions<T> {
  /** The caller's signal: when it aborts, the stream ends. */
  signal?: AbortSignal | undefined;
  /** At least this long between two events, ms; changes in between become one (the merge of them). */
  every?: number;
  /** The event after which nothing comes. It is always delivered, and without delay. */
  isLast?: (value: T) => boolean;
  /** How a change that was not yet delivered and a newer one become one. Default: the newer one. */
  merge?: (waiting: T, newer: T) => T;
}

/**
 * A coalesced async iterator over changes: at most one value waits, however slow the reader. Ends after `isLast`, when
 * the reader leaves (`return`, even with a `next` pending) or when `signal` aborts; each way the listener is taken off
 * the source. One reader; its calls of `next` do not overlap.
 */
export function eventStream<T>(source: Subscribable<T>, options: EventStreamOptions<T> = {}): AsyncGenerator<T, void, void> {
  const { signal, every = 100, isLast = () => false, merge = (_, newer) => newer } = options;
  let waiting: { value: T } | undefined;
  let reader: ((result: IteratorResult<T, void>) => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  let due = 0;
  let ended = false;

  const end = () => {
    if (ended) return;
    ended = true;
    waiting = undefined;
    clearTimeout(timer);
    unsubscribe();
    signal?.removeEventListener('abort', end);
    reader?.({ done: true, value: undefined });
    reader = undefined;
  };
  const deliver = () => {
    clearTimeout(timer);
    timer = undefined;
    if (!reader || !waiting) return;
    const { value } = waiting;
    const last = isLast(value);
    const wait = due - Date.now();
    if (wait > 0 && !last) {
      timer = setTimeout(deliver, wait);
      return;
    }
    const answer = reader;
    waiting = undefined;
    reader = undefined;
    due = Date.now() + every;
    answer({ done: false, value });
    if (last) end();
  };

  const unsubscribe = source.onChange((value) => {
    waiting = { value: waiting ? merge(waiting.value, value) : value };
    deliver();
  });
  const first = source.current();
  if (first !== undefined) waiting ??= { value: first };
  signal?.addEventListener('abort', end, { once: true });
  if (signal?.aborted) end();

  return {
    next: () =>
      new Promise((resolve) => {
        if (ended) return resolve({ done: true, value: undefined });
        reader = resolve;
        deliver();
      }),
    return: async () => {
      end();
      return { done: true, value: undefined };
    },
    throw: async (error) => {
      end();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      end();
    },
  };
}
