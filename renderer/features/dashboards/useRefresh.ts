import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useConnections } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { useConfirm } from '../../ui/confirm.tsx';
import { AppError } from '../../../shared/errors.ts';
import type { ChartTile, Dashboard } from '../../../shared/contract/dashboards.ts';
import type { Run } from '../../../shared/contract/runs.ts';
import { shownParameter } from '../../../shared/sql/parameters.ts';
import { followRun } from '../sql/followRun.ts';
import { priceWords } from './priceWords.ts';
import { fieldKey, groupsOf, isChart, mayBill, type TileGroup } from './tileQueries.ts';
import type { TilePrices } from './useTilePrices.ts';

export interface TileRun {
  state: 'running' | 'failed' | 'stopped';
  run?: Run;
  error?: AppError;
}

/** A query of the refresh that is under way. */
interface Work {
  tiles: ChartTile[];
  runId?: string;
  stopping: AbortController;
}

export interface Refresh {
  runs: Readonly<Record<string, TileRun>>;
  /** Queries that have ended, of those asked for; null: nothing runs. */
  progress: { done: number; of: number } | null;
  /** A refresh of everything may cost something. */
  bills: boolean;
  /** Tiles of these ids, or all. `asked`: it was said already that this costs. Answers the first name without a value. */
  refresh(ids?: readonly string[], options?: { asked?: boolean }): Promise<{ missing?: string }>;
  /** Stops what runs for the tile, or for all. */
  stop(id?: string): void;
}

/** Runs tiles' queries again: one run for tiles that ask the same. Where that bills, it asks first; who leaves, stops them. */
export function useRefresh(dashboard: Dashboard, change: (part: (before: Dashboard) => Dashboard) => void, prices: TilePrices): Refresh {
  const client = useClient();
  const cache = useQueryClient();
  const confirm = useConfirm();
  const { list } = useConnections();
  const { t } = useTranslation('dashboards');
  const [runs, setRuns] = useState<Refresh['runs']>({});
  const [progress, setProgress] = useState<Refresh['progress']>(null);
  const works = useRef(new Set<Work>());
  const latest = useRef({ dashboard, list });
  useEffect(() => {
    latest.current = { dashboard, list };
  });

  const mark = useCallback((tiles: ChartTile[], run: TileRun | undefined) => {
    setRuns((before) => ({ ...Object.fromEntries(Object.entries(before).filter(([id]) => !tiles.some((tile) => tile.id === id))), ...(run ? Object.fromEntries(tiles.map(({ id }) => [id, run])) : {}) }));
  }, []);

  const runOnce = useCallback(
    async ({ tiles, bound }: TileGroup) => {
      if ('missing' in bound) return mark(tiles, { state: 'failed', error: new AppError('BadInput', t('parameters.missing', { ns: 'sql', name: shownParameter(bound.missing) })) });
      const work: Work = { tiles, stopping: new AbortController() };
      works.current.add(work);
      setProgress((before) => ({ done: before?.done ?? 0, of: (before?.of ?? 0) + 1 }));
      mark(tiles, { state: 'running' });
      try {
        const { values: _, sql, ...place } = tiles[0]!.query;
        const written = bound.parameters.length > 0 ? { parameters: bound.parameters, written: sql } : {};
        const started = await client.runs.start({ ...place, sql: bound.sql, ...written, whileWatched: true, clientToken: crypto.randomUUID() });
        work.runId = started.id;
        // Asked to stop while it was being started.
        if (work.stopping.signal.aborted) await client.runs.stop({ id: started.id });
        const last = await followRun(client, started, (run) => mark(tiles, { state: 'running', run }), new AbortController().signal);
        void cache.invalidateQueries({ queryKey: ['today'] });
        if (last.state === 'cancelled') return mark(tiles, { state: 'stopped', run: last });
        if (last.state !== 'succeeded') return mark(tiles, { state: 'failed', run: last, ...(last.error ? { error: AppError.fromData(last.error) } : {}) });
        const ids = new Set(tiles.map(({ id }) => id));
        change((before) => ({ ...before, tiles: before.tiles.map((tile) => (ids.has(tile.id) && isChart(tile) ? { ...tile, runId: last.id, ranAt: last.endedAt ?? new Date().toISOString(), ranWith: bound.parameters } : tile)) }));
        mark(tiles, undefined);
      } catch (error) {
        mark(tiles, { state: 'failed', error: toAppError(error) });
      } finally {
        works.current.delete(work);
        setProgress((before) => (works.current.size === 0 || !before ? null : { ...before, done: before.done + 1 }));
      }
    },
    [client, cache, change, mark, t],
  );

  const stop = useCallback(
    (id?: string) => {
      for (const work of works.current) {
        if (id !== undefined && !work.tiles.some((tile) => tile.id === id)) continue;
        work.stopping.abort();
        if (work.runId !== undefined) client.runs.stop({ id: work.runId }).catch((error: unknown) => mark(work.tiles, { state: 'failed', error: toAppError(error) }));
      }
    },
    [client, mark],
  );
  // The tab is closed, or the page goes: what runs for it is stopped, so that it costs nothing more.
  useEffect(() => {
    const leave = () => stop();
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      stop();
    };
  }, [stop]);

  const { count } = prices;
  const refresh = useCallback<Refresh['refresh']>(
    async (ids, { asked = false } = {}) => {
      const { tiles, parameters } = latest.current.dashboard;
      const groups = groupsOf(tiles.filter(({ id }) => ids?.includes(id) ?? true), parameters);
      const billed = asked ? [] : groups.filter(({ tiles: [first] }) => mayBill(first!, latest.current.list));
      if (billed.length > 0) {
        const price = priceWords(t, await count(billed));
        const connection = latest.current.list.find(({ id }) => id === billed[0]!.tiles[0]!.query.connectionId);
        const yes = await confirm({ title: t('cost.title', { count: billed.length }), body: t('cost.now', { price }), action: t('cost.run', { count: billed.length }), ...(connection ? { connection } : {}) });
        if (!yes) return {};
      }
      void Promise.all(groups.map(runOnce));
      const [missing] = groups.flatMap(({ bound, tiles: [first] }) => ('missing' in bound ? [fieldKey(first!, bound.missing)] : []));
      return missing === undefined ? {} : { missing };
    },
    [confirm, count, runOnce, t],
  );

  const bills = dashboard.tiles.filter(isChart).some((tile) => mayBill(tile, list));
  return { runs, refresh, stop, bills, progress };
}
