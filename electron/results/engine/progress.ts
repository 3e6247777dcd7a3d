import type { DuckDBConnection } from '@duckdb/node-api';

const EVERY_MS = 100;

/** Tells how much of the connection's statement is done, in percent, until what it answers is called. */
export async function reportPercent(connection: DuckDBConnection, progress: (percent: number) => void): Promise<() => void> {
  for (const setting of ['SET enable_progress_bar = true', 'SET enable_progress_bar_print = false', 'SET progress_bar_time = 0']) await connection.run(setting);
  progress(0); // it has begun: whoever cancels from here on stops the work itself
  const timer = setInterval(() => {
    const { percentage } = connection.progress;
    if (percentage >= 0) progress(Math.min(100, Math.round(percentage)));
  }, EVERY_MS);
  return () => clearInterval(timer);
}
