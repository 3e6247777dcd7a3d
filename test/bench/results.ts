import { GetQueryResultsCommand } from '@aws-sdk/client-athena';
import { FLIGHTS, ROWS, withFlights } from './flights.ts';
import { compare, peakResident, seconds, type Bench } from './measure.ts';

/** The least the backend may hold resident, DuckDB's own process apart, in MB. */
const MOST_RESIDENT = 500;

/** From the query's success to its last row in the grid's store, against paging through GetQueryResults. */
export const bench: Bench = (report) =>
  withFlights(async ({ services, query }) => {
    const run = await query();
    let ours = 0;
    const resident = await peakResident(async () => {
      ours = await seconds(async () => {
        const { rows, state } = await services.load(run.id);
        if (state !== 'complete' || rows !== ROWS) throw new Error(`The result is ${state} with ${rows} rows.`);
      });
    });

    const { athena } = await services.aws.clients('local');
    let paged = 0;
    const peer = await seconds(async () => {
      let token: string | undefined;
      do {
        const page = await athena.send(new GetQueryResultsCommand({ QueryExecutionId: run.externalId, MaxResults: 1000, NextToken: token }));
        paged += page.ResultSet?.Rows?.length ?? 0;
        token = page.NextToken;
      } while (token);
    });
    if (paged !== ROWS + 1) throw new Error(`GetQueryResults gave ${paged} rows.`);
    report(compare('results', 's', ours, peer, 'GetQueryResults, 1,000 rows a page', `${FLIGHTS}, ${ROWS} rows`));
    report(compare('results.resident', 'MB', resident, MOST_RESIDENT, 'the limit', 'the backend while it loads'));
  });
