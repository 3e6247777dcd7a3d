/** From one look at a running query to the next: 100 ms at first, then longer, 5 s at most. */
const FIRST_MS = 100;
const MOST_MS = 5000;
const GROWTH = 1.5;

export const firstWait = FIRST_MS;
export const nextWait = (waited: number): number => Math.min(MOST_MS, Math.round(waited * GROWTH));

/** Waits `millis`, or less where `signal` aborts. Never throws. */
export function pause(millis: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, millis);
    signal.addEventListener('abort', done, { once: true });
  });
}
