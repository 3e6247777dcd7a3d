import { OK } from '../../../shared/contract/common.ts';
import type { contract } from '../../../shared/contract/index.ts';
import type { Run } from '../../../shared/contract/runs.ts';
import { AppError } from '../../../shared/errors.ts';
import { classify } from '../../../shared/sql/classify.ts';
import { isRedshiftRead } from '../../../shared/sql/redshiftReads.ts';
import type { BackendContext } from '../../context.ts';
import { getExecution, listExecutions } from '../../engines/athena/executions.ts';
import { listWorkgroups } from '../../engines/athena/workgroups.ts';
import { createRunJournal } from '../../engines/journal.ts';
import { hasEnded } from '../../engines/types.ts';
import { log } from '../../log.ts';
import { eventStream } from '../../transport/eventStream.ts';
import type { ClosableService } from '../handlers.ts';
import { totalsOf, midnight } from './today.ts';
import { createRunTracker } from './tracker.ts';
import { createWatchedRuns } from './watchedOnly.ts';

/** Enough of a statement to know it by, for a refusal. */
const inShort = (sql: string): string => {
  const line = sql.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
};

/** By the grammar of each engine; every doubt is a write. */
const provenRead = { athena: (sql: string) => classify(sql).isRead, redshift: isRedshiftRead };

/** Queries: start, follow, stop, and the history of them. */
export function runsHandlers(context: BackendContext): ClosableService<typeof contract.runs> {
  const { aws, engines, store } = context;
  const journal = createRunJournal(store);
  const tracker = createRunTracker({ engines, journal, isBilled: (id) => aws.isBilled(id) });
  const watchedOnly = createWatchedRuns((id) => void tracker.stop(id).catch((error: unknown) => log.error('run not stopped', id, error)));
  const resumed = tracker.resume().catch((error: unknown) => log.error('runs not resumed', error));

  async function* lastOnly(run: Run): AsyncGenerator<Run, void, void> {
    yield run;
  }

  return {
    handlers: {
      workgroups: ({ input, signal }) => listWorkgroups(aws, input.connectionId, signal),

      async start({ input }) {
        const { engine, tabId, estimatedBytes, written, whileWatched, ...statement } = input;
        aws.get(input.connectionId);
        // DuckDB on this desk takes statements that read only, whatever the connection.
        if (engine !== 'duckdb' && !provenRead[engine](input.sql)) aws.assertWritable(input.connectionId, `run “${inShort(input.sql)}”`);
        await resumed;
        const run = await tracker.start(engine, statement, { tabId, estimatedBytes, written });
        if (whileWatched) watchedOnly.add(run, tracker.going(run.id));
        return run;
      },

      get: ({ input }) => tracker.get(input.id),

      async watch({ input, signal }) {
        await resumed;
        watchedOnly.watched(input.id, signal);
        const going = tracker.going(input.id);
        return going ? eventStream(going, { signal, isLast: (run) => hasEnded(run.state) }) : lastOnly(await tracker.get(input.id));
      },

      async stop({ input }) {
        await resumed;
        return tracker.stop(input.id);
      },

      async history({ input }) {
        const page = await journal.history(input);
        return { ...page, runs: page.runs.map((run) => tracker.going(run.id)?.current() ?? run) };
      },

      async ofWorkgroup({ input, signal }) {
        const { executions, next } = await listExecutions(aws, input, signal);
        const runs = await Promise.all(
          executions.map(async (past) => (await journal.byExternalId(input.connectionId, past.externalId))?.run ?? tracker.asRun(input.connectionId, past, '')),
        );
        return { runs, next };
      },

      async adopt({ input: { connectionId, externalId } }) {
        await resumed;
        return tracker.adopt(connectionId, externalId, () => getExecution(aws, connectionId, externalId));
      },

      async statistics({ input, signal }) {
        const run = await tracker.get(input.id);
        return engines[run.engine].statistics(run, signal);
      },

      async forget({ input }) {
        const going = input.ids.filter((id) => tracker.going(id));
        if (going.length > 0) throw new AppError('Conflict', `${going.length} of the runs to forget still run.`, { detail: 'Stop them first.' });
        await journal.forget(input.ids);
        return OK;
      },

      async today() {
        return totalsOf(await journal.since(midnight(new Date())));
      },
    },

    async close() {
      watchedOnly.close();
      await resumed;
      await tracker.close();
      await Promise.all(Object.values(engines).map((engine) => engine.close?.()));
    },
  };
}
