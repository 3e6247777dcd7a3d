/** What services of the lake tell each other. Named as Amazon S3 event types name them. */
export type LakeEvent =
  | { type: 's3:ObjectCreated'; bucket: string; key: string; size: number; etag: string }
  | { type: 's3:ObjectRemoved'; bucket: string; key: string };

/** A subscriber that throws is its own fault: the write it hears about has already happened. */
export interface Bus {
  publish(event: LakeEvent): void;
  subscribe(listener: (event: LakeEvent) => void): () => void;
}

export function createBus(): Bus {
  const listeners = new Set<(event: LakeEvent) => void>();
  return {
    publish(event) {
      for (const listener of listeners) queueMicrotask(() => listener(event));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
