import { createHash } from 'node:crypto';
import PQueue from 'p-queue';
import { AppError } from '../../../shared/errors.ts';
import { filled } from '../../../shared/sql/parameters.ts';
import { log } from '../../log.ts';
import type { StartChild } from '../../processes/parent.ts';
import { externalIdOf, hasEnded, type Engine, type ExecutionStatus, type Statement } from '../types.ts';
import { createKept } from './kept.ts';
import { createDeskProcesses, hasDied, type DeskProcesses } from './processes.ts';
import type { DeskTable, Sandbox } from './process/protocol.ts';

/** Statements that run at once; the others wait. */
const TOGETHER = 2;

/** What a statement can read: tables of its own names, and files by path. */
export interface Readable {
  tables: DeskTable[];
  files: string[];
  folders: string[];
  /** Lets go of what was made for it. */
  release(): void;
}

export interface DeskEngineOptions {
  startChild: StartChild;
  /** Results until the result store has them. */
  dir: string;
  tempDir: string;
  memoryLimit: string;
  /** What `sql` names, of the files and results of this desk. */
  readable(sql: string): Promise<Readable>;
}

interface Execution {
  status: ExecutionStatus;
  submitted: number;
  leave: AbortController;
  listeners: Set<() => void>;
  ended: Promise<void>;
}

/** Preparing may take long (a result is read from S3 first): who stops does not wait for it. */
async function unlessStopped(preparing: Promise<Readable>, signal: AbortSignal): Promise<Readable> {
  let stop!: () => void;
  const stopped = new Promise<never>((_, reject) => (stop = () => reject(new AppError('Cancelled', 'The statement was stopped.'))));
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([preparing, stopped]);
  } catch (error) {
    void preparing.then(({ release }) => release(), () => undefined);
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

const lost = () => new AppError('QueryFailed', 'Secchi ended while the statement ran.', { detail: 'Run it again: it has changed nothing.' });

export interface DeskEngine extends Engine {
  processes: DeskProcesses;
  sandbox(places: Pick<Sandbox, 'files' | 'folders'>): Sandbox;
}

/** DuckDB on this machine: SQL over files the user added, over finished results, and over both. */
export function createDeskEngine({ startChild, dir, tempDir, memoryLimit, readable }: DeskEngineOptions): DeskEngine {
  const processes = createDeskProcesses(startChild);
  const kept = createKept(dir);
  const executions = new Map<string, Execution>();
  const queue = new PQueue({ concurrency: TOGETHER });

  const sandbox = ({ files, folders }: Pick<Sandbox, 'files' | 'folders'>): Sandbox => ({ files, folders, tempDir, memoryLimit });
  const tidied = kept.tidy((id) => executions.has(id)).catch((error: unknown) => log.error('desk results not tidied', error));

  function change(execution: Execution, next: Partial<ExecutionStatus>): void {
    execution.status = { ...execution.status, ...next };
    for (const listener of execution.listeners) listener();
  }

  async function work(id: string, execution: Execution, { sql: text, parameters = [] }: Statement): Promise<void> {
    const { signal } = execution.leave;
    const sql = parameters.length > 0 ? filled(text, parameters) : text;
    const began = Date.now();
    let found: Readable | undefined;
    try {
      change(execution, { state: 'running', queueMillis: began - execution.submitted });
      await tidied;
      found = await unlessStopped(readable(sql), signal);
      const target = await kept.begin(id);
      const { columns, rows } = await processes.call('run', { sql, tables: found.tables, sandbox: sandbox(found), target }, signal).catch((error: unknown) => {
        throw hasDied(error) ? died(found!, error) : error;
      });
      const status = { ...execution.status, ...over(execution, began), state: 'succeeded' as const };
      await kept.finish(id, { columns, rows, status });
      change(execution, status);
    } catch (error) {
      await kept.remove(id).catch((reason: unknown) => log.warn('desk result not removed', reason));
      if (signal.aborted) return change(execution, { ...over(execution, began), state: 'cancelled' });
      if (!(error instanceof AppError)) log.error('desk statement', error);
      const failure = error instanceof AppError ? error : new AppError('Internal', 'The statement could not be run.', { detail: String(error), cause: error });
      change(execution, { ...over(execution, began), state: 'failed', error: failure.toData() });
    } finally {
      found?.release();
    }
  }

  const over = ({ submitted }: Execution, began: number) => {
    const now = Date.now();
    return { endedAt: new Date(now).toISOString(), engineMillis: now - began, totalMillis: now - submitted };
  };

  const died = ({ tables, files, folders }: Readable, cause: AppError) => {
    const read = tables.length > 0 ? tables.map(({ schema, name }) => `${schema}.${name}`) : [...files, ...folders];
    return new AppError('EngineDied', 'DuckDB’s process on this desk ended while it worked on the statement.', {
      detail: `${read.length > 0 ? `It read ${read.join(', ')}: a damaged or hostile file can do that. ` : ''}Nothing else is affected; the next statement starts a new process.`,
      cause,
    });
  };

  return {
    label: 'DuckDB on this desk',
    bills: false,
    processes,
    sandbox,

    async start(statement) {
      const id = createHash('sha256').update(`${statement.connectionId}\0${statement.clientToken}`).digest('hex').slice(0, 32);
      if (executions.has(id) || (await kept.read(id))) return id;
      const execution: Execution = { status: { state: 'queued', statementType: 'DML' }, submitted: Date.now(), leave: new AbortController(), listeners: new Set(), ended: Promise.resolve() };
      executions.set(id, execution);
      // One that is stopped while it waits never begins.
      execution.ended = queue.add(() => work(id, execution, statement), { signal: execution.leave.signal }).catch(() => change(execution, { ...over(execution, Date.now()), state: 'cancelled' }));
      return id;
    },

    async poll(_connectionId, id) {
      const execution = executions.get(id);
      if (execution) {
        // Whoever asks again finds the result's own note.
        if (execution.status.state === 'succeeded') executions.delete(id);
        return execution.status;
      }
      return (await kept.read(id))?.status ?? { state: 'failed', error: lost().toData() };
    },

    changed(id, signal) {
      const execution = executions.get(id);
      if (!execution || hasEnded(execution.status.state)) return Promise.resolve();
      return new Promise((resolve) => {
        const done = () => {
          execution.listeners.delete(done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        execution.listeners.add(done);
        signal.addEventListener('abort', done, { once: true });
      });
    },

    async stop(_connectionId, id) {
      const execution = executions.get(id);
      execution?.leave.abort();
      await execution?.ended;
    },

    price: () => 0,

    async rows(run) {
      const id = externalIdOf(run);
      const finished = await kept.read(id);
      if (!finished) throw new AppError('NotFound', 'The rows of this statement are no longer on this computer.', { detail: 'They left to keep the space for results. Run it again; a pinned result stays.' });
      return { columns: finished.columns, rows: [], ways: [{ kind: 'file', file: kept.file(id), rows: finished.rows }] };
    },

    stored: (run) => kept.remove(externalIdOf(run)),

    async statistics({ queueMillis, engineMillis, totalMillis }) {
      const timeline = [
        { part: 'queue' as const, millis: queueMillis },
        { part: 'engine' as const, millis: engineMillis },
        { part: 'total' as const, millis: totalMillis },
      ];
      return { timeline: timeline.flatMap(({ part, millis }) => (millis === undefined ? [] : [{ part, millis }])), stages: [] };
    },

    async close() {
      for (const execution of executions.values()) execution.leave.abort();
      processes.close();
      await Promise.all([...executions.values()].map(({ ended }) => ended));
    },
  };
}
