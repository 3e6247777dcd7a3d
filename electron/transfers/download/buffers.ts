/** How long memory nobody uses is kept for the next range, ms. */
const KEEP = 2_000;

/**
 * Memory for ranges on their way, used again and again: every fresh buffer has to be faulted in, which takes longer than
 * filling it. How many are in use is limited by the transfers' memory.
 */
export class Buffers {
  private free: Buffer[] = [];
  private used = 0;
  private forget: NodeJS.Timeout | undefined;

  constructor(private readonly size: number) {}

  async use<T>(work: (buffer: Buffer) => Promise<T>): Promise<T> {
    clearTimeout(this.forget);
    this.used += 1;
    const buffer = this.free.pop() ?? Buffer.allocUnsafeSlow(this.size);
    try {
      return await work(buffer);
    } finally {
      this.free.push(buffer);
      this.used -= 1;
      if (this.used === 0) this.forget = setTimeout(() => (this.free = []), KEEP).unref();
    }
  }
}
