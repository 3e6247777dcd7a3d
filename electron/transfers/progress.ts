const WINDOW = 3000;

/** Bytes a second over the last three seconds. */
export class SpeedMeter {
  private samples: { at: number; bytes: number }[] = [];

  add(bytes: number, now = Date.now()): void {
    const last = this.samples.at(-1);
    // Samples of 100 ms keep the window short, whatever the rate of calls.
    if (last && now - last.at < 100) last.bytes += bytes;
    else this.samples.push({ at: now, bytes });
    this.trim(now);
  }

  speed(now = Date.now()): number {
    this.trim(now);
    const first = this.samples[0];
    if (!first) return 0;
    const bytes = this.samples.reduce((sum, sample) => sum + sample.bytes, 0);
    return Math.max(0, Math.round((bytes * 1000) / Math.max(500, now - first.at)));
  }

  private trim(now: number): void {
    while (this.samples.length > 0 && now - this.samples[0]!.at > WINDOW) this.samples.shift();
  }
}
