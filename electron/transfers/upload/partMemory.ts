/** How long memory nobody uses is kept for the next part, ms. */
const KEEP = 2_000;

// Used again: memory of megabytes that is thrown away with every part keeps the collector busy as long as the checksum takes.
let free: Buffer[] = [];
let used = 0;
let forget: NodeJS.Timeout | undefined;

/**
 * Runs `work` with memory for one part of up to `size` bytes, for which it asks at most once. It must answer whether nobody
 * can read from that memory any more: only then it is used again. How much is in use is limited by who calls.
 */
export async function withPartMemory(size: number, work: (memory: () => Buffer) => Promise<boolean>): Promise<void> {
  clearTimeout(forget);
  let bytes: Buffer | undefined;
  const memory = () => {
    if (free[0]?.length !== size) free = [];
    return (bytes = free.pop() ?? Buffer.allocUnsafeSlow(size));
  };
  used += 1;
  try {
    if ((await work(memory)) && bytes && (free.length === 0 || free[0]!.length === size)) free.push(bytes);
  } finally {
    used -= 1;
    if (used === 0) forget = setTimeout(() => (free = []), KEEP).unref();
  }
}
