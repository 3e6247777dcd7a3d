import { mkdir } from 'node:fs/promises';
import { ClassicLevel } from 'classic-level';

/**
 * Athena's own records on disk:
 *
 *   e/<execution id>                                   a query execution
 *   l/<work group> 0 <time, descending> <id>           the executions of a work group, newest first
 *   c/<client request token>                           which execution a token started
 *   w/<work group>                                     a work group
 *   n/<named query id>, m/<work group> 0 <id>          a named query, and those of a work group
 *   s/<work group> 0 <name>                            a prepared statement
 */
const NUL = '\u0000';
const END = '\u{10ffff}';
const SYNC = { sync: true } as const;
/** Larger than any time in ms until the year 5138. */
const LATEST = 1e14;

export const executionKey = (id: string) => `e/${id}`;
export const executionsOf = (workGroup: string) => `l/${workGroup}${NUL}`;
export const executionListKey = (workGroup: string, submittedAt: number, id: string) => `${executionsOf(workGroup)}${String(LATEST - submittedAt).padStart(15, '0')}${id}`;
export const tokenKey = (token: string) => `c/${token}`;
export const workGroupKey = (name: string) => `w/${name}`;
export const namedQueryKey = (id: string) => `n/${id}`;
export const namedQueriesOf = (workGroup: string) => `m/${workGroup}${NUL}`;
export const preparedStatementsOf = (workGroup: string) => `s/${workGroup}${NUL}`;

export type Write = { type: 'put'; key: string; value: unknown } | { type: 'del'; key: string };

export class AthenaStore {
  private readonly db: ClassicLevel<string, unknown>;

  private constructor(db: ClassicLevel<string, unknown>) {
    this.db = db;
  }

  static async open(dir: string): Promise<AthenaStore> {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const db = new ClassicLevel<string, unknown>(dir, { keyEncoding: 'utf8', valueEncoding: 'json' });
    await db.open();
    return new AthenaStore(db);
  }

  async get<T>(key: string): Promise<T | undefined> {
    return (await this.db.get(key)) as T | undefined;
  }

  /** All or nothing, on disk when it resolves. */
  async write(...writes: Write[]): Promise<void> {
    await this.db.batch(writes as never, SYNC);
  }

  put(key: string, value: unknown): Promise<void> {
    return this.write({ type: 'put', key, value });
  }

  delete(key: string): Promise<void> {
    return this.write({ type: 'del', key });
  }

  /** Entries whose key starts with `prefix`, in order, from behind `after`. */
  entries<T>(prefix: string, after?: string): AsyncIterable<[string, T]> {
    return this.db.iterator({ gt: after ?? prefix, lt: prefix + END }) as unknown as AsyncIterable<[string, T]>;
  }

  close(): Promise<void> {
    return this.db.close();
  }
}
