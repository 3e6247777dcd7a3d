import { randomBytes } from 'node:crypto';
import type { Run } from '../../shared/contract/runs.ts';
import type { Store } from '../storage/store.ts';
import { hasEnded, type Statement } from './types.ts';

/** A run and what it was started from, as journalled before the service hears of it. */
export interface RunRecord {
  run: Run;
  statement: Statement;
}

type Entry = RunRecord | { id: string };

// One collection, so that a run and what points to it change together.
const runKey = (id: string) => `run!${id}`;
const openKey = (id: string) => `open!${id}`;
const tokenKey = (connectionId: string, token: string) => `token!${connectionId}!${token}`;

/** Ids sort by time: 9 digits of base 36 hold milliseconds until the year 5188. */
export const runIdAt = (millis: number): string => millis.toString(36).padStart(9, '0');
export const newRunId = (now = Date.now()): string => `${runIdAt(now)}-${randomBytes(6).toString('hex')}`;

export interface HistoryQuery {
  connectionId?: string | undefined;
  text?: string | undefined;
  before?: string | undefined;
  max: number;
}

/** All runs from here, kept until they are forgotten. */
export function createRunJournal(store: Store) {
  const entries = store.collection<Entry>('runs');
  const get = async (id: string) => (await entries.get(runKey(id))) as RunRecord | undefined;

  return {
    get,

    /** Durable when it resolves; only then may the service be asked. */
    async add(record: RunRecord): Promise<void> {
      const { run, statement } = record;
      await entries.batch([
        { type: 'put', key: runKey(run.id), value: record },
        { type: 'put', key: openKey(run.id), value: { id: run.id } },
        { type: 'put', key: tokenKey(run.connectionId, statement.clientToken), value: { id: run.id } },
      ]);
    },

    async update(record: RunRecord): Promise<void> {
      const { run } = record;
      await entries.batch([
        { type: 'put', key: runKey(run.id), value: record },
        hasEnded(run.state) ? { type: 'del', key: openKey(run.id) } : { type: 'put', key: openKey(run.id), value: { id: run.id } },
      ]);
    },

    /** The run an earlier start with this token made, if any. */
    async byToken(connectionId: string, token: string): Promise<RunRecord | undefined> {
      const found = (await entries.get(tokenKey(connectionId, token))) as { id: string } | undefined;
      return found && get(found.id);
    },

    /** Lets the same token start anew: the service refused the first. */
    releaseToken: ({ statement }: RunRecord) => entries.delete(tokenKey(statement.connectionId, statement.clientToken)),

    /** Runs that had not ended when they were last written. */
    async open(): Promise<RunRecord[]> {
      const found: RunRecord[] = [];
      for await (const [, { id }] of entries.entries({ gt: 'open!', lt: 'open"' }) as AsyncIterable<[string, { id: string }]>) {
        const record = await get(id);
        if (record) found.push(record);
      }
      return found;
    },

    /** Newest first. `next` continues where this page ended. */
    async history({ connectionId, text, before, max }: HistoryQuery): Promise<{ runs: Run[]; next?: string }> {
      const wanted = text?.toLowerCase();
      const runs: Run[] = [];
      const newestFirst = entries.entries({ gt: 'run!', lt: before ? runKey(before) : 'run"', reverse: true });
      for await (const [, { run }] of newestFirst as AsyncIterable<[string, RunRecord]>) {
        if (connectionId && run.connectionId !== connectionId) continue;
        if (wanted && !run.sql.toLowerCase().includes(wanted)) continue;
        if (runs.length === max) return { runs, next: runs.at(-1)!.id };
        runs.push(run);
      }
      return { runs };
    },

    /** Runs submitted at or after a time. */
    async since(millis: number): Promise<Run[]> {
      const runs: Run[] = [];
      for await (const [, { run }] of entries.entries({ gte: runKey(runIdAt(millis)), lt: 'run"' }) as AsyncIterable<[string, RunRecord]>) runs.push(run);
      return runs;
    },

    async forget(ids: string[]): Promise<void> {
      const records = (await Promise.all(ids.map(get))).filter((record) => record !== undefined);
      await entries.batch(
        records.flatMap(({ run, statement }) => [
          { type: 'del' as const, key: runKey(run.id) },
          { type: 'del' as const, key: openKey(run.id) },
          { type: 'del' as const, key: tokenKey(run.connectionId, statement.clientToken) },
        ]),
      );
    },
  };
}

export type RunJournal = ReturnType<typeof createRunJournal>;
