/** What moved a second (bytes, files) over the last `window` ms. */
export class SpeedMeter {
  private samples: { at: number; bytes: number }[] = [];

  constructor(private readonly window = 3000) {}

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
    while (this.samples.length > 0 && now - this.samples[0]!.at > this.window) this.samples.shift();
  }
}

/** The pace of one transfer: its speed of now, and from that of the last 15 s how long it takes on. */
export class Pace {
  private readonly now = new SpeedMeter();
  private readonly bytes = new SpeedMeter(15_000);
  private readonly files = new SpeedMeter(15_000);

  moved(bytes: number): void {
    this.now.add(bytes);
    this.bytes.add(bytes);
  }

  filesEnded(count: number): void {
    this.files.add(count * FILE_UNITS);
  }

  get speed(): number {
    return this.now.speed();
  }

  /** Seconds; many small files take longer than their bytes tell, so the later of both. null: no pace yet. */
  secondsLeft(bytes: number, files: number): number | null {
    const bytesSpeed = this.bytes.speed();
    const filesSpeed = this.files.speed() / FILE_UNITS;
    if (bytes > 0 && bytesSpeed === 0) return null;
    if (bytes <= 0 && files > 0 && filesSpeed === 0) return null;
    const byBytes = bytes > 0 ? bytes / bytesSpeed : 0;
    const byFiles = files > 1 && filesSpeed > 0 ? files / filesSpeed : 0;
    // A few large files end in bursts: their count says nothing.
    return Math.ceil(files > 50 || bytes <= 0 ? Math.max(byBytes, byFiles) : byBytes);
  }
}

/** Meters round to whole units; half a file a second is a pace too. */
const FILE_UNITS = 1000;
