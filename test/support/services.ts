import type { LocalLakeAddress } from '../../electron/context.ts';
import type { StartChild } from '../../electron/processes/parent.ts';
import { redshiftHandlers } from '../../electron/services/redshift/index.ts';
import { resultsHandlers } from '../../electron/services/results/index.ts';
import { deskHandlers } from '../../electron/services/desk/index.ts';
import { runsHandlers } from '../../electron/services/runs/index.ts';
import type { ExportJob, ResultState } from '../../shared/contract/results.ts';
import type { Run } from '../../shared/contract/runs.ts';
import { testContext } from './context.ts';

export interface ServicesOptions {
  address: LocalLakeAddress;
  /** An earlier one, to start again on it. */
  dataDir?: string;
  startChild?: StartChild;
}

const last = async <T>(events: unknown): Promise<T> => {
  let latest: T | undefined;
  for await (const event of events as AsyncIterable<T>) latest = event;
  return latest!;
};

/** Runs and results as the backend makes them, in this process. */
export async function startServices({ address, dataDir, startChild }: ServicesOptions) {
  const { context, dataDir: dir, ticketOrigin, close } = await testContext(address, dataDir, startChild);
  const runs = runsHandlers(context);
  const results = resultsHandlers(context);
  let token = 0;

  type ExportInput = Parameters<typeof results.handlers.export>[0]['input'];
  async function exportTo(path: string, input: Pick<ExportInput, 'runId' | 'format'> & Partial<ExportInput>): Promise<ExportJob> {
    const { grant } = await context.grants.grant(path, 'save');
    const { id } = await results.handlers.export({ input: { escapeFormulas: false, ...input, destination: { kind: 'path', grant } } });
    return last<ExportJob>(await results.handlers.watchExport({ input: { id } }));
  }

  return {
    ...{ dir, ticketOrigin, context },
    aws: context.aws,
    runs: runs.handlers,
    results: results.handlers,
    desk: deskHandlers(context),
    redshift: redshiftHandlers(context),
    /** Runs a statement to its end. */
    async run(sql: string, more: Partial<Parameters<typeof runs.handlers.start>[0]['input']> = {}): Promise<Run> {
      const { id } = await this.start(sql, more);
      return last<Run>(await runs.handlers.watch({ input: { id } }));
    },
    start(sql: string, more: Partial<Parameters<typeof runs.handlers.start>[0]['input']> = {}): Promise<Run> {
      return runs.handlers.start({ input: { connectionId: 'local', engine: 'athena', workgroup: 'primary', catalog: 'AwsDataCatalog', sql, clientToken: `test-token-${Date.now()}-${token++}`, ...more } });
    },
    /** Opens a result and waits until it is loaded, or not. */
    async load(runId: string): Promise<ResultState> {
      await results.handlers.open({ input: { runId } });
      return last<ResultState>(await results.handlers.watch({ input: { runId } }));
    },
    /** All rows of a loaded result, row by row. */
    async rows(runId: string, viewId?: string): Promise<(string | null)[][]> {
      const all: (string | null)[][] = [];
      for (;;) {
        const { cells } = await results.handlers.page({ input: { runId, start: all.length, count: 1000, ...(viewId ? { viewId } : {}) } });
        const rows = (cells[0] ?? []).map((_, row) => cells.map((column) => column[row]!));
        if (rows.length === 0) return all;
        all.push(...rows);
      }
    },
    exportTo,
    last,
    /** Ends as the backend does. A given folder stays. */
    async close() {
      await results.close();
      await runs.close();
      await close();
    },
  };
}

export type TestServices = Awaited<ReturnType<typeof startServices>>;
