import { GetQueryResultsCommand } from '@aws-sdk/client-athena';
import { ROWS, withFlights } from './flights.ts';
import { compare, median, quantile, seconds, type Bench } from './measure.ts';

const PAGES = 1000;
const PAGE_ROWS = 100;

/** Pages of 100 rows anywhere in the result, as the grid asks for them; the API can only go on to its next page. */
export const bench: Bench = (report) =>
  withFlights(async ({ services, query }) => {
    const run = await query();
    await services.load(run.id);
    const { viewId } = await services.results.view({ input: { runId: run.id, sort: [{ column: 1, direction: 'desc' }] } });

    const { athena } = await services.aws.clients('local');
    const api: number[] = [];
    let token: string | undefined;
    for (let page = 0; page < PAGES; page++) {
      api.push(
        await seconds(async () => {
          const answer = await athena.send(new GetQueryResultsCommand({ QueryExecutionId: run.externalId, MaxResults: PAGE_ROWS, NextToken: token }));
          token = answer.NextToken;
        }),
      );
    }

    for (const [bench, view] of [['page', undefined], ['page.sorted', viewId]] as const) {
      const ours: number[] = [];
      for (let page = 0; page < PAGES; page++) {
        const start = Math.floor(Math.random() * (ROWS - PAGE_ROWS));
        ours.push(
          await seconds(async () => {
            const { cells } = await services.results.page({ input: { runId: run.id, start, count: PAGE_ROWS, ...(view ? { viewId: view } : {}) } });
            if (cells[0]?.length !== PAGE_ROWS) throw new Error(`A page of ${cells[0]?.length} rows.`);
          }),
        );
      }
      report(compare(`${bench}.p99`, 'ms', quantile(ours, 0.99) * 1000, quantile(api, 0.99) * 1000, 'GetQueryResults, the next 100 rows', `${PAGES} random pages; limit 16 ms`));
      report(compare(`${bench}.median`, 'ms', median(ours) * 1000, median(api) * 1000, 'GetQueryResults, the next 100 rows'));
    }
  });
