import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from '../../app/clientContext.tsx';
import { toAppError } from '../../app/errors.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { Run } from '../../../shared/contract/runs.ts';
import { catalogChanged } from '../catalog/catalogChanges.ts';
import type { PlacedStatement } from './errorPlace.ts';
import { followRun, isOver } from './followRun.ts';
import type { SqlParams } from './sqlParams.ts';

/** One statement that was run from this tab, or could not be started. */
export interface Execution {
  key: string;
  /** Its place in the text, to mark errors; absent for runs restored from last time. */
  statement?: PlacedStatement;
  run?: Run;
  /** Why it could not be started. */
  error?: AppError;
}

export interface Runner {
  executions: readonly Execution[];
  busy: boolean;
  /** Runs the statements one after another; the first that does not succeed ends it. */
  execute(statements: PlacedStatement[], more?: RunOptions): void;
  stop(): void;
}

export interface RunOptions {
  outputLocation?: string;
  /** Asked before each statement: whether it may run, and what it is expected to scan. */
  before?(statement: PlacedStatement): Promise<{ may: boolean; estimatedBytes?: number | undefined }>;
}

interface Options {
  tabId: string;
  connectionId: string;
  params: SqlParams;
  onRuns(ids: string[]): void;
}

/** What the tab is busy with. */
interface Work {
  cancel: AbortController;
  runId?: string;
  stopped: boolean;
}

/** Starts, follows and stops a tab's runs; finds those of last time again. */
export function useRunner({ tabId, connectionId, params, onRuns }: Options): Runner {
  const client = useClient();
  const queries = useQueryClient();
  const [executions, setExecutions] = useState<readonly Execution[]>([]);
  const [busy, setBusy] = useState(false);
  const current = useRef<Work | null>(null);
  const latest = useRef({ params, onRuns });
  useEffect(() => {
    latest.current = { params, onRuns };
  });

  const update = useCallback((key: string, change: Partial<Execution>) => {
    setExecutions((before) => before.map((one) => (one.key === key ? { ...one, ...change } : one)));
  }, []);

  const execute = useCallback<Runner['execute']>(
    (statements, { before, ...more } = {}) => {
      if (current.current || statements.length === 0) return;
      const work: Work = { cancel: new AbortController(), stopped: false };
      current.current = work;
      setBusy(true);
      const runAll = async () => {
        const ids: string[] = [];
        for (const [index, statement] of statements.entries()) {
          const { may, estimatedBytes } = before ? await before(statement) : { may: true };
          if (work.stopped || !may) return;
          const key = crypto.randomUUID();
          setExecutions((earlier) => [...(index === 0 ? [] : earlier), { key, statement }]);
          const { engine, workgroup, catalog, database, target, outputLocation } = { ...latest.current.params, ...more };
          try {
            const run = await client.runs.start({ connectionId, engine, sql: statement.text, parameters: statement.parameters, written: statement.written, workgroup, catalog, database, target: engine === 'redshift' ? target : undefined, outputLocation, tabId, estimatedBytes, clientToken: key });
            work.runId = run.id;
            ids.push(run.id);
            latest.current.onRuns([...ids]);
            update(key, { run });
            // Stop was pressed while it was being started.
            if (work.stopped) update(key, { run: await client.runs.stop({ id: run.id }) });
            const last = await followRun(client, run, (next) => update(key, { run: next }), work.cancel.signal);
            void queries.invalidateQueries({ queryKey: ['today'] });
            void queries.invalidateQueries({ queryKey: ['desk', 'tables'] });
            if (last.statementType === 'DDL') catalogChanged(connectionId);
            if (last.state !== 'succeeded') return;
          } catch (error) {
            return update(key, { error: toAppError(error) });
          }
        }
      };
      void runAll().finally(() => {
        if (current.current === work) current.current = null;
        setBusy(false);
      });
    },
    [client, queries, connectionId, tabId, update],
  );

  const stop = useCallback(() => {
    const work = current.current;
    if (!work) return;
    work.stopped = true;
    const { runId } = work;
    if (runId === undefined) return;
    client.runs.stop({ id: runId }).then(
      (run) => setExecutions((before) => before.map((one) => (one.run?.id === run.id ? { ...one, run } : one))),
      (error: unknown) => setExecutions((before) => before.map((one) => (one.run?.id === runId ? { ...one, error: toAppError(error) } : one))),
    );
  }, [client]);

  // Runs of last time: their results are on disk, and one that still runs is followed.
  useEffect(() => {
    const ids = latest.current.params.runIds;
    if (ids.length === 0 || current.current) return;
    const cancel = new AbortController();
    const restore = async () => {
      const found = await Promise.allSettled(ids.map((id) => client.runs.get({ id }, { signal: cancel.signal })));
      const runs = found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      if (cancel.signal.aborted || current.current) return;
      setExecutions(runs.map((run) => ({ key: run.id, run })));
      const open = runs.find((run) => !isOver(run));
      if (!open) return;
      const work: Work = { cancel, runId: open.id, stopped: false };
      current.current = work;
      setBusy(true);
      try {
        await followRun(client, open, (run) => update(open.id, { run }), cancel.signal);
      } catch (error) {
        update(open.id, { error: toAppError(error) });
      }
      if (current.current === work) current.current = null;
      setBusy(false);
    };
    void restore();
    return () => cancel.abort();
    // Only when the tab comes back.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [client, tabId]);

  // The tab was closed: what it runs is stopped, so that it costs nothing more.
  useEffect(
    () => () => {
      const work = current.current;
      if (!work) return;
      work.stopped = true;
      current.current = null;
      // One that is being started is stopped once it has an id.
      if (!work.runId) return;
      work.cancel.abort();
      client.runs.stop({ id: work.runId }).catch(() => undefined);
    },
    [client],
  );

  return { executions, busy, execute, stop };
}
