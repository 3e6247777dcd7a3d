import type { Estimate, EstimatedRead, UnknownReason } from '../../../shared/contract/estimates.ts';
import { AppError } from '../../../shared/errors.ts';
import { SqlError } from '../../../shared/sql/errors.ts';
import type { Query } from '../../../shared/sql/query/ast.ts';
import { parseQuery } from '../../../shared/sql/query/parse.ts';
import { partitionFilter } from '../../../shared/sql/reads/partitionFilter.ts';
import { tableReads, type TableRead } from '../../../shared/sql/reads/tableReads.ts';
import type { BackendContext } from '../../context.ts';
import { catalogSource, GLUE_CATALOG, type Table } from '../glue/index.ts';
import type { Footers } from './footers.ts';
import { newBudget } from './listing.ts';
import type { Memory } from './memory.ts';
import { tableBytes, unknown, type TableFacts } from './tableBytes.ts';

/** Views inside views are opened so far. */
const DEEPEST = 16;

export interface EstimateContext {
  context: Pick<BackendContext, 'aws'>;
  memory: Memory;
  footers: Footers;
  connectionId: string;
  signal: AbortSignal;
}

/** Names of the session, for what a query leaves out. */
interface Session {
  catalog: string;
  database: string;
}

/** One table or view to be read, found in the catalog or not. */
interface Found {
  read: TableRead;
  session: Session;
  at: TableRead['at'];
  view?: string;
  named: { catalog: string; database: string; table: string };
  table?: Table;
  failure?: TableFacts;
}

/** Every reading of a table by a query, each with the most it can scan; `report` hears of them as they are counted. */
export async function estimateReads(work: EstimateContext, query: Query, session: Session, report: (reads: EstimatedRead[]) => void): Promise<EstimatedRead[]> {
  const all = await expand(work, query, session, 0);
  const reads = all.map((found): EstimatedRead => ({ ...placed(found), ...(found.failure ?? { bytes: 0, complete: false, objects: 0 }) }));
  report(reads);
  const budget = newBudget();
  const counted = new Map<string, Promise<TableFacts>>();
  await Promise.all(
    all.map(async (found, i) => {
      if (!found.table) return;
      const { table, read } = found;
      const filter = read.where && partitionFilter(read.where, read.alias, table.partitionKeys);
      const tell = (facts: TableFacts) => {
        reads[i] = { ...reads[i]!, ...facts };
        report(reads);
      };
      reads[i]!.unfiltered = table.partitionKeys.length > 0 && filter === undefined;
      const columns = read.columns === 'all' ? 'all' : new Set(table.columns.map(({ name }) => name.toLowerCase()).filter((name) => (read.columns as ReadonlySet<string>).has(name)));
      const request = { connectionId: work.connectionId, table, filter, columns } as const;
      const key = JSON.stringify([found.named, filter, columns === 'all' ? columns : [...columns]]);
      let facts = counted.get(key);
      if (!facts) {
        const source = catalogSource(work.context.aws, work.connectionId, GLUE_CATALOG);
        facts = tableBytes(work.context, source, work.footers, request, { ...work, budget, report: tell }).catch((error: unknown) => failed(error, work.signal));
        counted.set(key, facts);
      }
      tell(await facts);
    }),
  );
  return reads;
}

const placed = ({ at, view, named, table }: Found) => ({
  ...named,
  ...{ line: at.line, column: at.column, length: at.length, view },
  partitionKeys: table?.partitionKeys.map(({ name }) => name) ?? [],
  unfiltered: false,
});

/** The tables a query reads, views replaced by what they read. */
async function expand(work: EstimateContext, query: Query, session: Session, depth: number, view?: { name: string; at: TableRead['at'] }): Promise<Found[]> {
  const reads = tableReads(query);
  const found = await Promise.all(reads.map((read) => look(work, read, session)));
  const all = await Promise.all(
    found.map(async (one): Promise<Found[]> => {
      const here = view ? { ...one, view: one.view ?? view.name, at: view.at } : one;
      if (one.table?.kind !== 'view') return [here];
      const { view: text } = one.table;
      const asUnknown = (detail?: string): Found[] => [{ ...here, table: undefined, failure: unknown('view', detail) }];
      if (!text || depth >= DEEPEST) return asUnknown();
      try {
        const inner = { catalog: text.catalog ?? one.named.catalog, database: text.database ?? one.named.database };
        return await expand(work, parseQuery(text.sql), inner, depth + 1, view ?? { name: `${one.named.database}.${one.named.table}`, at: one.at });
      } catch (error) {
        if (error instanceof SqlError) return asUnknown(error.message);
        throw error;
      }
    }),
  );
  return all.flat();
}

async function look(work: EstimateContext, read: TableRead, session: Session): Promise<Found> {
  const [table = '', database = session.database, catalog = session.catalog] = read.name.toReversed();
  const found: Found = { read, session, at: read.at, named: { catalog, database, table } };
  const without = (reason: UnknownReason, detail?: string): Found => ({ ...found, failure: unknown(reason, detail) });
  if (catalog.toLowerCase() !== GLUE_CATALOG.toLowerCase()) return without('federated', catalog);
  if (database.toLowerCase() === 'information_schema' || table.includes('$')) return without('systemTable');
  try {
    const source = catalogSource(work.context.aws, work.connectionId, GLUE_CATALOG);
    return { ...found, table: await work.memory.tables.remembered([work.connectionId, database, table], () => source.table(database, table, work.signal)) };
  } catch (error) {
    return { ...found, failure: failed(error, work.signal) };
  }
}

/** A table that cannot be read is unknown, and says why; what ends the whole estimate is thrown on. */
function failed(error: unknown, signal: AbortSignal): TableFacts {
  if (signal.aborted || !(error instanceof AppError)) throw error;
  if (error.code === 'NotFound') return unknown('notFound', error.resource);
  if (error.code === 'AccessDenied') return unknown('denied', error.action);
  return unknown('failed', error.message);
}

/** All readings as one bound. */
export function total(reads: EstimatedRead[]): Pick<Estimate, 'bound' | 'bytes' | 'unknown' | 'detail'> {
  const bytes = reads.reduce((sum, read) => sum + (read.bytes ?? 0), 0);
  const lost = reads.find((read) => read.unknown);
  if (lost) return { bound: 'unknown', bytes, unknown: lost.unknown, detail: lost.detail };
  return { bound: reads.every((read) => read.complete) ? 'atMost' : 'moreThan', bytes };
}
