import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useConnections } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import type { Client } from '../../client.ts';
import { useConfirm } from '../../ui/confirm.tsx';
import { formatPrice } from '../../ui/format.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Connection } from '../../../shared/contract/connections.ts';
import type { ChartTile, Dashboard } from '../../../shared/contract/dashboards.ts';
import type { Run } from '../../../shared/contract/runs.ts';
import { followRun } from '../sql/followRun.ts';

export interface TileRun {
  state: 'running' | 'failed';
  run?: Run;
  error?: AppError;
}

const queryKey = ({ query }: ChartTile): string => JSON.stringify([query.connectionId, query.engine, query.target, query.catalog, query.workgroup, query.database, query.outputLocation, query.sql]);
/** What a run of it costs is not known to be nothing. */
const mayBill = ({ query }: ChartTile, connections: readonly Connection[]): boolean => query.engine !== 'duckdb' && connections.find(({ id }) => id === query.connectionId)?.kind !== 'local';
const isChart = (tile: Dashboard['tiles'][number]): tile is ChartTile => tile.kind === 'chart';

/** What refreshing the tiles cost last time: US dollars that were billed, and whether some of it is not known. */
async function lastPrice(client: Client, tiles: ChartTile[]): Promise<{ dollars: number; known: boolean }> {
  const runs = await Promise.all(tiles.map(({ runId }) => (runId ? client.runs.get({ id: runId }).catch(() => undefined) : undefined)));
  return { dollars: runs.reduce((sum, run) => sum + (run?.priceOnAws ?? 0), 0), known: runs.every((run) => typeof run?.priceOnAws === 'number') };
}

/** Runs tiles' queries again: one run for tiles that ask the same. Where that bills, it asks first. */
export function useRefresh(dashboard: Dashboard | undefined, change: (part: (before: Dashboard) => Dashboard) => void) {
  const client = useClient();
  const cache = useQueryClient();
  const confirm = useConfirm();
  const { list } = useConnections();
  const { t } = useTranslation('dashboards');
  const [runs, setRuns] = useState<Readonly<Record<string, TileRun>>>({});
  const stop = useRef(new AbortController());
  const latest = useRef({ dashboard, list });
  useEffect(() => {
    latest.current = { dashboard, list };
  });
  useEffect(() => {
    stop.current = new AbortController();
    return () => stop.current.abort();
  }, []);

  const mark = useCallback((tiles: ChartTile[], run: TileRun | undefined) => {
    setRuns((before) => ({ ...Object.fromEntries(Object.entries(before).filter(([id]) => !tiles.some((tile) => tile.id === id))), ...(run ? Object.fromEntries(tiles.map(({ id }) => [id, run])) : {}) }));
  }, []);

  const runOnce = useCallback(
    async (tiles: ChartTile[]) => {
      mark(tiles, { state: 'running' });
      try {
        const { query } = tiles[0]!;
        const started = await client.runs.start({ ...query, clientToken: crypto.randomUUID() });
        const last = await followRun(client, started, (run) => mark(tiles, { state: 'running', run }), stop.current.signal);
        void cache.invalidateQueries({ queryKey: ['today'] });
        if (last.state !== 'succeeded') {
          const reason = last.error ? AppError.fromData(last.error) : new AppError('Cancelled', t('stopped'));
          return mark(tiles, { state: 'failed', run: last, error: reason });
        }
        const ids = new Set(tiles.map(({ id }) => id));
        change((before) => ({ ...before, tiles: before.tiles.map((tile) => (ids.has(tile.id) && isChart(tile) ? { ...tile, runId: last.id, ranAt: last.endedAt ?? new Date().toISOString() } : tile)) }));
        mark(tiles, undefined);
      } catch (error) {
        mark(tiles, { state: 'failed', error: toAppError(error) });
      }
    },
    [client, cache, change, mark, t],
  );

  /** Tiles of these ids, or all. `asked`: it was said already that this costs. */
  const refresh = useCallback(
    async (ids?: readonly string[], { asked = false } = {}) => {
      const tiles = (latest.current.dashboard?.tiles ?? []).filter(isChart).filter(({ id }) => (ids ? ids.includes(id) : true));
      const groups = new Map<string, ChartTile[]>();
      for (const tile of tiles) groups.set(queryKey(tile), [...(groups.get(queryKey(tile)) ?? []), tile]);
      const billed = [...groups.values()].map(([first]) => first!).filter((tile) => mayBill(tile, latest.current.list));
      if (billed.length > 0 && !asked) {
        const { dollars, known } = await lastPrice(client, billed);
        const connection = latest.current.list.find(({ id }) => id === billed[0]!.query.connectionId);
        const yes = await confirm({ title: t('cost.title', { count: billed.length }), body: t(known ? 'cost.last' : 'cost.unknown', { price: formatPrice(dollars) }), action: t('cost.run', { count: billed.length }), ...(connection ? { connection } : {}) });
        if (!yes) return;
      }
      await Promise.all([...groups.values()].map(runOnce));
    },
    [client, confirm, runOnce, t],
  );

  const bills = (dashboard?.tiles ?? []).filter(isChart).some((tile) => mayBill(tile, list));
  return { runs, refresh, bills, busy: Object.values(runs).some(({ state }) => state === 'running') };
}
