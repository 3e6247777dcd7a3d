import path from 'node:path';
import { OK } from '../../../shared/contract/common.ts';
import type { contract } from '../../../shared/contract/index.ts';
import { AppError } from '../../../shared/errors.ts';
import type { BackendContext } from '../../context.ts';
import { log } from '../../log.ts';
import { createExports, exportHasEnded } from '../../results/exports.ts';
import { eventStream } from '../../transport/eventStream.ts';
import type { ClosableService } from '../handlers.ts';
import { makeView } from './makeView.ts';

function assertPlaces(columns: unknown[], places: number[]): void {
  const unknown = places.find((place) => place >= columns.length);
  if (unknown !== undefined) throw new AppError('BadInput', `The result has no column ${unknown}.`);
}

/** Rows of finished runs: opened, paged, sorted, exported. */
export function resultsHandlers(context: BackendContext): ClosableService<typeof contract.results> {
  const { tickets, grants } = context;
  const { store: results, engine, stagingDir } = context.results;
  const uploadsDir = path.resolve(context.dataDir, 'app', 'exports');
  const exports = createExports({ store: results, engine, tickets, grants, stagingDir, uploadsDir });
  const tidied = Promise.all([results.tidy(), exports.tidy()]).catch((error: unknown) => log.error('results not tidied', error));

  return {
    handlers: {
      async open({ input }) {
        await tidied;
        return results.open(input.runId);
      },
      async watch({ input, signal }) {
        await tidied;
        return eventStream(await results.watch(input.runId), { signal, isLast: ({ state }) => state !== 'loading' });
      },
      async page({ input }) {
        await tidied;
        return results.page(input.runId, input.viewId, input.start, input.count, input.columns);
      },
      async view({ input, signal }) {
        await tidied;
        const { runId, sort, filters = [], search = '' } = input;
        const { viewId, rows = 0 } = await results.view(runId, { kind: 'rows', sort, filters, search }, { signal });
        return { viewId, rows };
      },
      async makeView({ input, signal }) {
        await tidied;
        return makeView(results, input.runId, input.spec, signal);
      },
      async stats({ input: { runId, viewId, top, bottom, columns: places }, signal }) {
        await tidied;
        return results.useAll(runId, viewId, ({ file, columns, rows }) => {
          assertPlaces(columns, places);
          return engine.call('stats', { file, about: columns, top, bottom: Math.min(bottom, rows - 1), columns: places }, { signal });
        });
      },
      async topValues({ input: { runId, viewId, column, contains, max }, signal }) {
        await tidied;
        return results.useAll(runId, viewId, ({ file, columns }) => {
          assertPlaces(columns, [column]);
          return engine.call('topValues', { file, column, contains, max }, { signal });
        });
      },
      async profile({ input: { runId, viewId, column }, signal }) {
        await tidied;
        return results.useAll(runId, viewId, ({ file, columns, rows }) => {
          assertPlaces(columns, [column]);
          return engine.call('profile', { file, column, about: columns[column]!, rows }, { signal });
        });
      },
      async chart({ input, signal }) {
        await tidied;
        const { runId, viewId, ...wanted } = input;
        return results.useAll(runId, viewId, ({ file, columns }) => engine.call('chart', { file, columns, ...wanted }, { signal }));
      },
      async chartFacts({ input, signal }) {
        await tidied;
        return results.useAll(input.runId, input.viewId, ({ file, columns, rows }) => engine.call('chartFacts', { file, columns: columns.length, rows }, { signal }));
      },
      async export({ input }) {
        await tidied;
        const { destination, runId, viewId, format, ...options } = input;
        return exports.start({ runId, viewId, format, options, destination: destination.kind === 'path' ? { kind: 'path', path: grants.resolve(destination.grant, 'save') } : destination });
      },
      watchExport: async ({ input, signal }) => eventStream(exports.watch(input.id), { signal, isLast: exportHasEnded }),
      async cancelExport({ input }) {
        await exports.cancel(input.id);
        return OK;
      },
      async pin({ input }) {
        await tidied;
        return results.pin(input.runId, input.pinned);
      },
      async stored() {
        await tidied;
        return results.stored();
      },
      async close({ input }) {
        await results.close(input.runId);
        return OK;
      },
    },

    async close() {
      await tidied;
      await exports.end();
      await results.end();
      engine.close();
    },
  };
}
