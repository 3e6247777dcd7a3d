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
const externalKey = (connectionId: string, externalId: string) => `external!${connectionId}!${externalId}`;
const tokenKey = (connectionId: string, token: string) => `token!${connectionId}!${token}`;

/** Ids sort by time: 9 digits of base 36 hold milliseconds until the year 5188. */
export const runIdAt = (millis: number): string => millis.toString(36).padStart(9, '0');
export const newRunId = (now = Date.now()): string => `${runIdAt(now)}-${randomBytes(6).toString('hex')}`;

export interface HistoryQuery {
  connectionId?: string | undefined;
  text?: string | undefined;
  /** A table's name, as a word. */
  table?: string | undefined;
  states?: Run['state'][] | undefined;
  /** ISO 8601, inclusive. */
  since?: string | undefined;
  leastPrice?: number | undefined;
  before?: string | undefined;
  max: number;
}

/** Which runs a search of the history wants. */
export function historyFilter({ connectionId, text, table, states, since, leastPrice }: Omit<HistoryQuery, 'before' | 'max'>): (run: Run) => boolean {
  const wanted = text?.toLowerCase();
  const word = table ? new RegExp(`(?<![\\p{L}\\p{N}_])${table.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}_])`, 'iu') : undefined;
  return (run) =>
    (!connectionId || run.connectionId === connectionId) &&
    (!wanted || run.sql.toLowerCase().includes(wanted)) &&
    (!word || word.test(run.sql)) &&
    (!states || states.includes(run.state)) &&
    (!since || run.submittedAt >= since) &&
    (leastPrice === undefined || (run.priceOnAws ?? 0) >= leastPrice);
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
        ...(run.externalId ? [{ type: 'put' as const, key: externalKey(run.connectionId, run.externalId), value: { id: run.id } }] : []),
        hasEnded(run.state) ? { type: 'del', key: openKey(run.id) } : { type: 'put', key: openKey(run.id), value: { id: run.id } },
      ]);
    },

    /** The run an earlier start with this token made, if any. */
    async byToken(connectionId: string, token: string): Promise<RunRecord | undefined> {
      const found = (await entries.get(tokenKey(connectionId, token))) as { id: string } | undefined;
      return found && get(found.id);
    },

    /** The run that the service knows by this id. */
    async byExternalId(connectionId: string, externalId: string): Promise<RunRecord | undefined> {
      const found = (await entries.get(externalKey(connectionId, externalId))) as { id: string } | undefined;
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
    async history({ before, max, ...query }: HistoryQuery): Promise<{ runs: Run[]; next?: string }> {
      const wanted = historyFilter(query);
      const runs: Run[] = [];
      const oldest = query.since ? runKey(runIdAt(Date.parse(query.since))) : 'run!';
      const newestFirst = entries.entries({ gt: oldest, lt: before ? runKey(before) : 'run"', reverse: true });
      for await (const [, { run }] of newestFirst as AsyncIterable<[string, RunRecord]>) {
        if (!wanted(run)) continue;
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
          ...(run.externalId ? [{ type: 'del' as const, key: externalKey(run.connectionId, run.externalId) }] : []),
        ]),
      );
    },
  };
}

export type RunJournal = ReturnType<typeof createRunJournal>;
