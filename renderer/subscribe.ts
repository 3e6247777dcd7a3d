import { AppError } from '../shared/errors.ts';
import type { Client } from './client.ts';

export interface SubscribeOptions {
  /** The stream failed for good (anything but a lost connection). */
  onError?(error: unknown): void;
  /** The stream said all it had to say. */
  onEnd?(): void;
}

/**
 * Follows a `watch` stream of the contract until it ends or the returned function is called. After a lost connection it
 * begins again: every watch starts with the whole current state, so nothing is missed.
 */
export function subscribe<T>(
  client: Client,
  open: (client: Client, options: { signal: AbortSignal }) => Promise<AsyncIterable<T>>,
  onEvent: (event: T) => void,
  { onError, onEnd }: SubscribeOptions = {},
): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  const isLoss = (error: unknown) => error instanceof AppError && error.code === 'Network';
  void (async () => {
    while (!signal.aborted) {
      try {
        for await (const event of await open(client, { signal })) {
          if (signal.aborted) return;
          onEvent(event);
        }
        if (!signal.aborted) onEnd?.();
        return;
      } catch (error) {
        if (signal.aborted) return;
        if (!isLoss(error)) return onError?.(error);
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    }
  })();
  return () => controller.abort();
}
