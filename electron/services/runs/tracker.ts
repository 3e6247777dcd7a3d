import type { Run } from '../../../shared/contract/runs.ts';
import { AppError } from '../../../shared/errors.ts';
import { newRunId, type RunJournal, type RunRecord } from '../../engines/journal.ts';
import { hasEnded, type EngineName, type Engines, type ExecutionStatus, type PastExecution, type Statement } from '../../engines/types.ts';
import { log } from '../../log.ts';
import { firstWait, nextWait, pause } from './backoff.ts';

/** A start that was journalled but not answered is sent again only this soon after; later nobody expects it to run. */
const RESEND_WITHIN_MS = 10 * 60_000;
/** How long a stop waits for the service to say what became of the query. */
const STOP_WAIT_MS = 15_000;
/** How long quitting waits for that. */
const QUIT_WAIT_MS = 8_000;

interface Tracked {
  record: RunRecord;
  listeners: Set<(run: Run) => void>;
  /** Resolves when the service has given an id or refused. */
  starting: Promise<void>;
  /** The change of it that is under way. */
  changing: Promise<void>;
  /** Ends the polling. */
  leave: AbortController;
}

/** Where a run was asked for, and what was said of it before. */
type Asked = Pick<Run, 'tabId' | 'estimatedBytes' | 'written'>;

export interface RunTrackerOptions {
  engines: Engines;
  journal: RunJournal;
  isBilled(connectionId: string): boolean;
}

/** Follows runs from the journal entry to their end, and tells whoever watches. */
export function createRunTracker({ engines, journal, isBilled }: RunTrackerOptions) {
  const tracked = new Map<string, Tracked>();
  /** Starts under way, by connection and token: a second one waits for the first. */
  const beginning = new Map<string, Promise<Run>>();
  let closed = false;

  /** One after the other, and in the journal before anybody hears of it where it is durable; nothing changes after the end. */
  function change(entry: Tracked, next: Partial<Run>, { durable }: { durable: boolean }): Promise<void> {
    const turn = entry.changing.then(async () => {
      if (hasEnded(entry.record.run.state)) return;
      const record = { ...entry.record, run: { ...entry.record.run, ...next } };
      if (durable) await journal.update(record);
      entry.record = record;
      for (const listener of entry.listeners) listener(record.run);
    });
    entry.changing = turn.catch(() => undefined);
    return turn;
  }

  async function apply(entry: Tracked, status: ExecutionStatus) {
    const { run } = entry.record;
    const ended = hasEnded(status.state);
    await change(
      entry,
      {
        ...status,
        error: status.error,
        endedAt: ended ? (status.endedAt ?? new Date().toISOString()) : undefined,
        priceOnAws: engines[run.engine].price(run.connectionId, status),
      },
      { durable: status.state !== run.state },
    );
    if (ended) tracked.delete(run.id);
  }

  const fail = async (entry: Tracked, error: AppError) => {
    await change(entry, { state: 'failed', endedAt: new Date().toISOString(), error: error.toData() }, { durable: true });
    tracked.delete(entry.record.run.id);
  };

  const toAppError = (error: unknown) => {
    if (error instanceof AppError) return error;
    log.error('run', error);
    return new AppError('Internal', 'The query could not be followed.', { detail: error instanceof Error ? error.message : String(error) });
  };

  /** One look at the service. What may pass (network, throttling, an expired sign-in) is shown and asked again. */
  async function look(entry: Tracked): Promise<void> {
    const { engine, connectionId, externalId } = entry.record.run;
    if (!externalId) return;
    try {
      await apply(entry, await engines[engine].poll(connectionId, externalId));
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.retryable || error.code === 'CredentialsExpired' || error.code === 'CredentialsMissing') {
        await change(entry, { error: error.toData() }, { durable: false });
      } else await fail(entry, error);
    }
  }

  async function follow(entry: Tracked): Promise<void> {
    const { signal } = entry.leave;
    for (let wait = firstWait; !signal.aborted && !hasEnded(entry.record.run.state); wait = nextWait(wait)) {
      await news(entry, wait);
      if (!signal.aborted) await look(entry);
    }
  }

  /** Waits a while, or until the engine itself has news. */
  async function news({ record: { run }, leave }: Tracked, wait: number): Promise<void> {
    const heard = new AbortController();
    const signal = AbortSignal.any([leave.signal, heard.signal]);
    await Promise.race([pause(wait, signal), engines[run.engine].changed?.(run.externalId!, signal) ?? pause(wait, signal)]);
    heard.abort();
  }

  const track = (record: RunRecord): Tracked => {
    const entry: Tracked = { record, listeners: new Set(), starting: Promise.resolve(), changing: Promise.resolve(), leave: new AbortController() };
    tracked.set(record.run.id, entry);
    return entry;
  };

  const followFrom = (entry: Tracked) => void follow(entry).catch((error: unknown) => log.error('run', entry.record.run.id, error));

  /** Sends the statement; the run is in the journal already. */
  async function send(entry: Tracked): Promise<void> {
    try {
      const externalId = await engines[entry.record.run.engine].start(entry.record.statement);
      await change(entry, { externalId }, { durable: true });
      followFrom(entry);
    } catch (thrown) {
      const error = toAppError(thrown);
      await journal.releaseToken(entry.record);
      await fail(entry, error);
      // It is asked again with a place for the result: the refusal is no part of the history.
      if (error.awsCode === 'NoOutputLocation') await journal.forget([entry.record.run.id]);
      throw error;
    }
  }

  async function begin(engine: EngineName, statement: Statement, asked: Asked): Promise<Run> {
    const earlier = await journal.byToken(statement.connectionId, statement.clientToken);
    if (earlier) return tracked.get(earlier.run.id)?.record.run ?? earlier.run;
    if (closed) throw new AppError('Unavailable', 'Secchi is closing.');
    const { connectionId, sql, workgroup, catalog, database, target, parameters } = statement;
    const run: Run = {
      id: newRunId(),
      engine,
      ...{ connectionId, sql, workgroup, catalog, database, target, parameters, ...asked },
      state: 'queued',
      submittedAt: new Date().toISOString(),
      billed: engines[engine].bills && isBilled(connectionId),
    };
    const entry = track({ run, statement });
    await journal.add(entry.record);
    entry.starting = send(entry);
    await entry.starting;
    return entry.record.run;
  }

  /** A past execution that Athena remembers, in the terms of a run. */
  const asRun = (connectionId: string, { externalId, sql, place, submittedAt, status }: PastExecution, id: string): Run => ({
    ...{ id, engine: 'athena', connectionId, externalId, sql, ...place, submittedAt },
    ...{ ...status, priceOnAws: engines.athena.price(connectionId, status), billed: isBilled(connectionId) },
  });

  return {
    asRun,

    /** Takes a past execution into the history; one that still runs is followed. */
    async adopt(connectionId: string, externalId: string, read: () => Promise<PastExecution>): Promise<Run> {
      const known = await journal.byExternalId(connectionId, externalId);
      if (known) return tracked.get(known.run.id)?.record.run ?? known.run;
      const past = await read();
      const run = { ...asRun(connectionId, past, newRunId(Date.parse(past.submittedAt))), adopted: true };
      const record = { run, statement: { connectionId, sql: past.sql, ...past.place, parameters: past.parameters, clientToken: `adopted ${externalId}` } };
      await journal.add(record);
      await journal.update(record);
      if (!hasEnded(run.state)) followFrom(track(record));
      return run;
    },

    /** Journals, sends, and answers once the service has taken it. The same token answers with the same run. */
    start(engine: EngineName, statement: Statement, asked: Asked = {}): Promise<Run> {
      const key = `${statement.connectionId}!${statement.clientToken}`;
      let begun = beginning.get(key);
      if (!begun) {
        begun = begin(engine, statement, asked).finally(() => beginning.delete(key));
        beginning.set(key, begun);
      }
      return begun;
    },

    async get(id: string): Promise<Run> {
      const run = tracked.get(id)?.record.run ?? (await journal.get(id))?.run;
      if (!run) throw new AppError('NotFound', `There is no run ${id}.`, { detail: 'It may have been forgotten from the history.' });
      return run;
    },

    /** The run as it goes; undefined where it is not going. */
    going(id: string) {
      const entry = tracked.get(id);
      return (
        entry && {
          current: () => entry.record.run,
          onChange(listener: (run: Run) => void) {
            entry.listeners.add(listener);
            return () => void entry.listeners.delete(listener);
          },
        }
      );
    },

    /** Asks the service to stop, then believes only what it says afterwards (FAULTS 23). */
    async stop(id: string): Promise<Run> {
      const entry = tracked.get(id);
      if (!entry) return this.get(id);
      await entry.starting.catch(() => undefined);
      const { engine, connectionId, externalId } = entry.record.run;
      if (!externalId) return entry.record.run;
      let refusal: unknown;
      await engines[engine].stop(connectionId, externalId).catch((error: unknown) => (refusal = error));
      const until = Date.now() + STOP_WAIT_MS;
      await look(entry);
      // A query that ended before the stop reached it is no failure of the stop.
      if (refusal !== undefined && !hasEnded(entry.record.run.state)) throw refusal;
      for (let wait = firstWait; !hasEnded(entry.record.run.state) && Date.now() < until; wait = nextWait(wait)) {
        await pause(wait, entry.leave.signal);
        await look(entry);
      }
      return entry.record.run;
    },

    /** Goes on with what was running when the last backend ended. */
    async resume(): Promise<void> {
      for (const record of await journal.open()) {
        const entry = track(record);
        if (record.run.externalId) followFrom(entry);
        else if (Date.now() - Date.parse(record.run.submittedAt) < RESEND_WITHIN_MS) {
          entry.starting = send(entry);
          entry.starting.catch((error: unknown) => log.warn('run not resumed', record.run.id, error));
        } else {
          await fail(entry, new AppError('Unavailable', 'Secchi ended before the query was known to have started.', { detail: `Look into the history of ${engines[record.run.engine].label} before running it again.` }));
        }
      }
    },

    /** Stops what runs, unless it is to be left running; then ends the polling. */
    async close({ leaveRunning = false } = {}): Promise<void> {
      closed = true;
      const entries = [...tracked.values()];
      const patience = new AbortController();
      if (!leaveRunning) {
        const stopped = Promise.allSettled(entries.map((entry) => this.stop(entry.record.run.id)));
        await Promise.race([stopped, pause(QUIT_WAIT_MS, patience.signal)]);
        patience.abort();
      }
      for (const entry of entries) entry.leave.abort();
    },
  };
}

export type RunTracker = ReturnType<typeof createRunTracker>;
