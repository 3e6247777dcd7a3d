/**
 * Calls `woke` when the machine, or this process, stood still for more than `gap` ms: it slept, or was stopped. Ends by
 * the function it answers with.
 */
export function watchSleep(gap: number, woke: () => void): () => void {
  let last = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    if (now - last > gap) woke();
    last = now;
  }, gap / 4);
  timer.unref();
  return () => clearInterval(timer);
}
