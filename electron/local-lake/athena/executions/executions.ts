import { createHash, randomUUID } from 'node:crypto';
import type { AthenaContext } from '../context.ts';
import { invalidRequest } from '../errors.ts';
import { executionKey, executionListKey, executionsOf, tokenKey } from '../store.ts';
import { ENGINE_VERSION } from '../workGroups.ts';
import { isFinal, type QueryExecution, type StoredExecution } from './record.ts';
import { outputLocation, type ResultConfiguration } from './outputLocation.ts';
import { finish, runExecution } from './runExecution.ts';

export interface StartRequest {
  QueryString: string;
  ClientRequestToken?: string;
  QueryExecutionContext?: { Catalog?: string; Database?: string };
  ResultConfiguration?: ResultConfiguration;
  WorkGroup?: string;
  ExecutionParameters?: string[];
}
interface Active {
  stored: StoredExecution;
  abort: AbortController;
}

/** Queries that run side by side; the others wait in the order they came. */
const CONCURRENT = 4;
/** Days that executions are remembered, as in Athena. */
const KEPT_DAYS = 45;

/** The executions of the lake: those that wait and run in memory, all of them on disk. */
export class Executions {
  private readonly context: AthenaContext;
  private readonly active = new Map<string, Active>();
  private readonly waiting: Active[] = [];
  private running = 0;
  private closed = false;

  private constructor(context: AthenaContext) {
    this.context = context;
  }

  /** Fails what an earlier process left running, and forgets what is too old. */
  static async open(context: AthenaContext): Promise<Executions> {
    const oldest = Date.now() / 1000 - KEPT_DAYS * 86_400;
    for await (const [key, stored] of context.store.entries<StoredExecution>('e/')) {
      const { execution } = stored;
      if (execution.Status.SubmissionDateTime < oldest) {
        const listed = executionListKey(execution.WorkGroup, execution.Status.SubmissionDateTime * 1000, execution.QueryExecutionId);
        await context.store.write({ type: 'del', key }, { type: 'del', key: listed });
      } else if (!isFinal(execution.Status.State)) {
        finish(execution, 'FAILED', { reason: 'The local lake was stopped while this query ran. Run it again.', category: 1, type: 200, retryable: true });
        await context.store.put(key, stored);
      }
    }
    return new Executions(context);
  }

  /** Idempotent by ClientRequestToken: the same request with the same token is the same execution. */
  async start(request: StartRequest): Promise<string> {
    const { ClientRequestToken: token } = request;
    const fingerprint = createHash('sha256').update(JSON.stringify({ ...request, ClientRequestToken: undefined })).digest('hex');
    if (token !== undefined) {
      const earlier = await this.context.store.get<{ id: string; fingerprint: string }>(tokenKey(token));
      if (earlier && earlier.fingerprint !== fingerprint) throw invalidRequest('Idempotent parameters do not match: the ClientRequestToken was used with another request.');
      if (earlier) return earlier.id;
    }
    const stored = await this.submitted(request);
    const { QueryExecutionId: id, WorkGroup, Status } = stored.execution;
    await this.context.store.write(
      { type: 'put', key: executionKey(id), value: stored },
      { type: 'put', key: executionListKey(WorkGroup, Status.SubmissionDateTime * 1000, id), value: id },
      ...(token === undefined ? [] : [{ type: 'put' as const, key: tokenKey(token), value: { id, fingerprint } }]),
    );
    const entry: Active = { stored, abort: new AbortController() };
    this.active.set(id, entry);
    this.waiting.push(entry);
    this.pump();
    return id;
  }

  async get(id: string): Promise<StoredExecution> {
    const stored = this.active.get(id)?.stored ?? (await this.context.store.get<StoredExecution>(executionKey(id)));
    if (!stored) throw invalidRequest(`QueryExecution ${id} was not found`);
    return stored;
  }

  /** Ids of a work group, newest first. */
  async *list(workGroup: string, after?: string): AsyncIterable<[string, string]> {
    yield* this.context.store.entries<string>(executionsOf(workGroup), after);
  }

  /** Resolves once the state is final. Nothing happens to an execution that has ended. */
  async stop(id: string): Promise<void> {
    const entry = this.active.get(id);
    if (!entry) {
      await this.get(id);
      return;
    }
    entry.abort.abort();
    const at = this.waiting.indexOf(entry);
    if (at < 0) return;
    this.waiting.splice(at, 1);
    finish(entry.stored.execution, 'CANCELLED', { reason: 'Query cancelled by user' });
    await this.settle(entry);
  }

  async close(): Promise<void> {
    this.closed = true;
    const open = [...this.active.values()];
    for (const entry of open) entry.abort.abort();
    this.context.engine.close();
  }

  private async submitted(request: StartRequest): Promise<StoredExecution> {
    const { context } = this;
    const workGroup = await context.workGroups.get(request.WorkGroup ?? 'primary');
    if (workGroup.State === 'DISABLED') throw invalidRequest(`WorkGroup ${workGroup.Name} is disabled. Queries cannot be submitted to a disabled workgroup.`);
    const { catalog, database } = { catalog: request.QueryExecutionContext?.Catalog, database: request.QueryExecutionContext?.Database };
    const execution: QueryExecution = {
      QueryExecutionId: randomUUID(),
      Query: request.QueryString,
      ResultConfiguration: { ...outputLocation(workGroup, request.ResultConfiguration) },
      ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: false } },
      QueryExecutionContext: { ...(catalog ? { Catalog: catalog.toLowerCase() } : {}), ...(database ? { Database: database.toLowerCase() } : {}) },
      Status: { State: 'QUEUED', SubmissionDateTime: Date.now() / 1000 },
      Statistics: {},
      WorkGroup: workGroup.Name,
      EngineVersion: ENGINE_VERSION,
      ...(request.ExecutionParameters ? { ExecutionParameters: request.ExecutionParameters } : {}),
    };
    return { execution };
  }

  private pump(): void {
    while (!this.closed && this.running < CONCURRENT) {
      const entry = this.waiting.shift();
      if (!entry) return;
      this.running++;
      entry.stored.execution.Status.State = 'RUNNING';
      runExecution(this.context, entry.stored, entry.abort.signal)
        .then(() => this.settle(entry))
        .catch((error: unknown) => {
          // Only the store itself can fail here; the next start finds the execution unfinished and says so.
          finish(entry.stored.execution, 'FAILED', { reason: `The state of the query could not be stored: ${(error as Error).message}`, category: 1, type: 200 });
        })
        .finally(() => {
          this.running--;
          this.pump();
        });
    }
  }

  private async settle(entry: Active): Promise<void> {
    const id = entry.stored.execution.QueryExecutionId;
    if (this.closed) return;
    await this.context.store.put(executionKey(id), entry.stored);
    this.active.delete(id);
  }
}
