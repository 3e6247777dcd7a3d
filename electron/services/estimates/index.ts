import type { Estimate, EstimatedRead } from '../../../shared/contract/estimates.ts';
import type { contract } from '../../../shared/contract/index.ts';
import { AppError } from '../../../shared/errors.ts';
import { SqlError } from '../../../shared/sql/errors.ts';
import type { BackendContext } from '../../context.ts';
import { priceOfBytes, PRICES_AS_OF } from '../../engines/athena/prices.ts';
import { log } from '../../log.ts';
import { eventStream } from '../../transport/eventStream.ts';
import type { ServiceHandlers } from '../handlers.ts';
import { estimateReads, total } from './estimate.ts';
import { Footers } from './footers.ts';
import { Memory } from './memory.ts';
import { readingOf } from './statement.ts';

/** What a statement can scan and cost, before it runs. */
export function estimatesHandlers(context: BackendContext): ServiceHandlers<typeof contract.estimates> {
  const { aws } = context;
  const memory = new Memory();
  const footers = new Footers(context);

  return {
    async watch({ input: { connectionId, sql, catalog, database, fresh }, signal: callers }) {
      const { region } = aws.get(connectionId);
      if (fresh) memory.clear();
      const about = { pricesAsOf: PRICES_AS_OF, region, billed: aws.isBilled(connectionId) };
      const made = (part: Pick<Estimate, 'state' | 'bound' | 'bytes'> & Partial<Estimate>): Estimate => ({
        ...{ ...about, reads: [] },
        ...{ ...part, priceOnAws: part.bound === 'free' ? 0 : priceOfBytes(region, part.bytes) },
      });
      const reading = readingOf(sql);
      if (reading.kind !== 'query') {
        const bound = reading.kind;
        return once(made({ state: 'done', bound, bytes: 0, unknown: reading.kind === 'unknown' ? reading.reason : undefined, detail: 'detail' in reading ? reading.detail : undefined }));
      }

      // Who leaves ends the requests too.
      const leave = new AbortController();
      const signal = callers ? AbortSignal.any([callers, leave.signal]) : leave.signal;
      const listeners = new Set<(value: Estimate) => void>();
      let current = made({ state: 'counting', bound: 'moreThan', bytes: 0 });
      const set = (next: Estimate) => {
        current = next;
        for (const listener of listeners) listener(next);
      };
      const source = {
        current: () => current,
        onChange(listener: (value: Estimate) => void) {
          listeners.add(listener);
          return () => {
            listeners.delete(listener);
            if (current.state !== 'done') leave.abort();
          };
        },
      };
      const session = { catalog, database };
      const report = (reads: EstimatedRead[]) => set(made({ state: 'counting', ...total(reads), reads: [...reads] }));
      estimateReads({ context, memory, footers, connectionId, signal }, reading.query, session, report).then(
        (reads) => set(made({ state: 'done', ...total(reads), reads })),
        (error: unknown) => {
          if (signal.aborted) return;
          if (!(error instanceof SqlError || error instanceof AppError)) log.error('estimate', error);
          const detail = error instanceof Error ? error.message : String(error);
          set(made({ state: 'done', bound: 'unknown', bytes: 0, unknown: error instanceof SqlError ? 'clause' : 'failed', detail }));
        },
      );
      return eventStream(source, { signal: callers, every: 150, isLast: ({ state }) => state === 'done' });
    },
  };
}

async function* once(estimate: Estimate): AsyncGenerator<Estimate, void, void> {
  yield estimate;
}
