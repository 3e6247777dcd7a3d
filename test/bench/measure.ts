import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

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

/** The most this process held resident while `work` ran, in MB; looked at 20 times a second. */
export async function peakResident(work: () => Promise<unknown>): Promise<number> {
  let most = 0;
  const look = () => (most = Math.max(most, process.memoryUsage().rss));
  const timer = setInterval(look, 50);
  try {
    await work();
    look();
  } finally {
    clearInterval(timer);
  }
  return most / 1024 ** 2;
}

/** The median of the seconds `work` takes, done `runs` times. */
export async function medianTime(runs: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) times.push(await seconds(work));
  return median(times);
}

export const isInstalled = (command: string): boolean => !spawnSync(command, ['--version'], { stdio: 'ignore' }).error;

/** Runs another program to its end; what it prints is thrown away. */
export async function runPeer(command: string, args: string[], env: Record<string, string | undefined> = {}): Promise<void> {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  let complaints = '';
  child.stderr.on('data', (text: Buffer) => (complaints = (complaints + text.toString()).slice(-2000)));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${complaints}`);
}
