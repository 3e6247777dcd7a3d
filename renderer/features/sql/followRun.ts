import { isCancelled } from '../../app/errors.ts';
import type { Client } from '../../client.ts';
import type { Run } from '../../../shared/contract/runs.ts';

export const isOver = ({ state }: Run): boolean => state === 'succeeded' || state === 'failed' || state === 'cancelled';

const pause = (millis: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, millis);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });

/**
 * Reports a run's states until it is over and answers with the last. A lost connection to the backend is followed again;
 * an error that says the run is not there ends it.
 */
export async function followRun(client: Client, run: Run, report: (run: Run) => void, signal: AbortSignal): Promise<Run> {
  let last = run;
  for (let failures = 0; !isOver(last) && !signal.aborted; ) {
    try {
      for await (const update of await client.runs.watch({ id: run.id }, { signal })) {
        last = update;
        report(update);
        failures = 0;
      }
      if (!isOver(last)) last = await client.runs.get({ id: run.id }, { signal });
    } catch (error) {
      if (signal.aborted || isCancelled(error)) break;
      if ((failures += 1) > 5) throw error;
      await pause(400 * failures, signal);
    }
  }
  report(last);
  return last;
}
