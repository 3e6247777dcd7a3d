/** One comparison. `ratio` > 1: ours is that many times better. */
export interface Measurement {
  bench: string;
  ours: number;
  /** null: the peer is not installed here. */
  peer: number | null;
  peerName: string;
  unit: 's' | 'ms' | 'MB';
  ratio: number | null;
  /** What else the reader should know: rows, bytes, how often it was measured. */
  note?: string;
}

export type Bench = (report: (measurement: Measurement) => void) => Promise<void>;

const round = (value: number) => Number(value.toPrecision(4));

/** For times and sizes, where less is better. */
export const compare = (bench: string, unit: Measurement['unit'], ours: number, peer: number | null, peerName: string, note?: string): Measurement => ({
  ...{ bench, ours: round(ours), peer: peer === null ? null : round(peer), peerName, unit, ratio: peer === null ? null : round(peer / ours) },
  ...(note ? { note } : {}),
});

/** Seconds `work` takes. */
export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}

/** The value below which the part `of` (0.99) of all lie. */
export function quantile(values: number[], of: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * of))]!;
}

export const median = (values: number[]): number => quantile(values, 0.5);

/** The most this process, and the results engine, held resident while `work` ran, in MB; looked at 20 times a second. */
export async function peakResident(work: () => Promise<unknown>, other: () => Promise<number> = async () => 0): Promise<{ own: number; engine: number }> {
  const most = { own: 0, engine: 0 };
  const look = () => {
    most.own = Math.max(most.own, process.memoryUsage().rss / 1024 ** 2);
    void other().then((engine) => (most.engine = Math.max(most.engine, engine)));
  };
  const timer = setInterval(look, 50);
  try {
    await work();
    look();
  } finally {
    clearInterval(timer);
  }
  return most;
}

/** The median of the seconds `work` takes, done `runs` times. */
export async function medianTime(runs: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) times.push(await seconds(work));
  return median(times);
}
