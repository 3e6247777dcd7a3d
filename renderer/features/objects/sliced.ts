/** Longest piece of work between two chances for the page to draw and to hear keys, ms. */
const SLICE_MS = 8;

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

/** After what is due: input and drawing come first. A timer would be held up 4 ms and more. */
const laterTurn = () =>
  new Promise<void>((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });

/** Runs work that yields often, a few ms at a time. Undefined where it was cancelled. */
export async function inSlices<T>(steps: Generator<void, T>, isCancelled: () => boolean): Promise<T | undefined> {
  for (;;) {
    const until = performance.now() + SLICE_MS;
    do {
      const step = steps.next();
      if (step.done) return step.value;
    } while (performance.now() < until);
    await laterTurn();
    if (isCancelled()) return undefined;
  }
}
