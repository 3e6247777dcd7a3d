import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useClient } from '../../app/clientContext.tsx';
import { toAppError } from '../../app/errors.ts';
import type { AppError } from '../../../shared/errors.ts';
import { chartColumns, fits, suggest, type ChartColumn } from '../../../shared/charts/suggest.ts';
import type { ChartData, ChartSpec, ChartWindow } from '../../../shared/contract/charts.ts';
import type { ResultColumn } from '../../../shared/contract/results.ts';

export interface Suggested {
  columns: readonly ChartColumn[];
  proposals: readonly ChartSpec[];
  /** What is drawn: what was chosen, where the result has its columns, else the first proposal. */
  spec: ChartSpec | undefined;
  error: AppError | undefined;
}

/** What a complete result can be drawn as. Nothing is asked while it loads. */
export function useSuggested(runId: string, result: readonly ResultColumn[], complete: boolean, chosen: ChartSpec | undefined): Suggested {
  const client = useClient();
  const facts = useQuery({ queryKey: ['chartFacts', runId], queryFn: ({ signal }) => client.results.chartFacts({ runId }, { signal }), enabled: complete, staleTime: Infinity });
  const columns = useMemo(() => (facts.data ? chartColumns(result, facts.data) : []), [result, facts.data]);
  const proposals = useMemo(() => (facts.data ? suggest(columns, facts.data.rows) : []), [columns, facts.data]);
  const spec = columns.length === 0 ? undefined : chosen && fits(chosen, columns) ? chosen : proposals[0];
  return { columns, proposals, spec, error: facts.error ? toAppError(facts.error) : undefined };
}

export interface Computed {
  data: ChartData | undefined;
  /** The spec `data` was computed for: never draw one with the other's. */
  spec: ChartSpec | undefined;
  computing: boolean;
  error: AppError | undefined;
  retry(): void;
}

/** The spec without what only the page draws. */
const computed = ({ title: _title, log: _log, ...rest }: ChartSpec): ChartSpec => ({ ...rest, log: false });

/** Widths are asked for in steps, so that dragging an edge does not ask at every px. */
const WIDTH_STEP = 200;

/** The points of a chart, from the store. The last ones stay until the new ones are here. */
export function useChartData(runId: string | undefined, viewId: string | undefined, spec: ChartSpec | undefined, window: ChartWindow | undefined, width: number, complete: boolean): Computed {
  const client = useClient();
  const asked = spec && computed(spec);
  const wide = Math.max(WIDTH_STEP, Math.ceil(width / WIDTH_STEP) * WIDTH_STEP);
  const query = useQuery({
    queryKey: ['chart', runId, viewId, asked, window, wide],
    queryFn: async ({ signal }) => ({ spec: asked!, data: await client.results.chart({ runId: runId!, viewId, spec: asked!, window, width: wide }, { signal }) }),
    enabled: complete && runId !== undefined && asked !== undefined,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
  const held = query.data;
  const log = spec?.log ?? false;
  const title = spec?.title;
  const drawn = useMemo(() => held && { ...held.spec, log, ...(title ? { title } : {}) }, [held, log, title]);
  return { data: held?.data, spec: drawn, computing: query.isFetching, error: query.error ? toAppError(query.error) : undefined, retry: () => void query.refetch() };
}
