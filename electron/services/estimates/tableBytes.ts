import type { EstimatedRead } from '../../../shared/contract/estimates.ts';
import { isProjected, project } from '../../../shared/sql/projection/projection.ts';
import { glueExpression } from '../../../shared/sql/reads/glueExpression.ts';
import { matches } from '../../../shared/sql/reads/matches.ts';
import type { PartitionFilter } from '../../../shared/sql/reads/partitionFilter.ts';
import type { BackendContext } from '../../context.ts';
import { AppError } from '../../../shared/errors.ts';
import type { CatalogSource, Table } from '../glue/index.ts';
import type { Footers } from './footers.ts';
import { icebergBytes } from './iceberg.ts';
import { countStored, placeOf, type Budget, type Stored } from './listing.ts';
import type { Memory } from './memory.ts';

export type TableFacts = Pick<EstimatedRead, 'bytes' | 'complete' | 'objects' | 'partitions' | 'example' | 'columnsCounted' | 'unknown' | 'detail'>;

/** Partitions read of the catalog for one table. */
const MOST_PARTITIONS = 50_000;
const PARTITION_PAGE = 1000;

export interface TableRequest {
  connectionId: string;
  table: Table;
  filter: PartitionFilter | undefined;
  /** Lower case. */
  columns: 'all' | ReadonlySet<string>;
}
export interface Work {
  budget: Budget;
  memory: Memory;
  signal: AbortSignal;
  report(facts: TableFacts): void;
}

export const unknown = (reason: NonNullable<TableFacts['unknown']>, detail?: string): TableFacts => ({ bytes: null, complete: true, objects: 0, unknown: reason, detail });

/** The most that one reading of a table can scan. Never less: where that is not certain, it is unknown, and why. */
export async function tableBytes(context: Pick<BackendContext, 'aws'>, source: CatalogSource, footers: Footers, request: TableRequest, work: Work): Promise<TableFacts> {
  const { table, connectionId, filter } = request;
  if (table.kind === 'iceberg') {
    const size = await icebergBytes(context.aws, connectionId, table.parameters, work.signal);
    return size ? { ...size, complete: true } : unknown('iceberg');
  }
  if (table.kind === 'delta' || table.kind === 'hudi') return unknown(table.kind);
  if (/symlink/i.test(table.inputFormat ?? '')) return unknown('symlink');
  if (!table.inputFormat || !table.serde) return unknown('format');
  if (!table.location || !placeOf(table.location)) return unknown('noLocation', table.location);

  if (table.partitionKeys.length === 0) return { ...(await atPlaces(context, footers, request, { locations: [table.location] }, work)) };
  if (isProjected(table.parameters)) {
    const projected = project({ ...table, location: table.location }, filter, new Date());
    if (projected.kind === 'needsValue') return unknown('injected', projected.key);
    if (projected.kind === 'below') return { ...(await atPlaces(context, footers, request, { locations: [projected.location], everything: true }, work)) };
    return { ...(await atPlaces(context, footers, request, projected, work)), partitions: projected.locations.length };
  }
  const { locations, example, complete } = await registeredLocations(source, request, work);
  const facts = await atPlaces(context, footers, request, { locations }, work);
  return { ...facts, complete: facts.complete && complete, partitions: locations.length, example };
}

export interface Locations {
  locations: string[];
  example: string | undefined;
  complete: boolean;
}

/** Locations of the registered partitions that can match, and a value of the first key. */
async function registeredLocations(source: CatalogSource, request: TableRequest, { signal, memory }: Work) {
  const { table, filter } = request;
  const id = [request.connectionId, table.catalog, table.database, table.name, table.versionId, table.updatedAt, filter];
  return memory.partitions.remembered(id, () => readLocations(source, request, signal));
}

async function readLocations(source: CatalogSource, { table, filter }: TableRequest, signal: AbortSignal): Promise<Locations> {
  const locations: string[] = [];
  const keys = table.partitionKeys.map(({ name }) => name.toLowerCase());
  let expression = glueExpression(filter);
  let example: string | undefined;
  let read = 0;
  let token: string | undefined;
  do {
    const page = await source.partitions(table.database, table.name, expression, { token, max: PARTITION_PAGE, signal }).catch((error: unknown) => {
      // A catalog that does not take the expression is asked for all of them.
      if (!(error instanceof AppError) || error.code !== 'BadInput' || expression === undefined || token) throw error;
      expression = undefined;
      return source.partitions(table.database, table.name, undefined, { max: PARTITION_PAGE, signal });
    });
    for (const { values, location } of page.items) {
      if (filter && !matches(filter, new Map(keys.map((key, i) => [key, values[i] ?? ''])))) continue;
      locations.push(location ?? table.location!);
      if (example === undefined || values[0]! > example) example = values[0];
    }
    read += page.items.length;
    token = page.nextToken;
  } while (token && read < MOST_PARTITIONS);
  return { locations, example, complete: token === undefined };
}

async function atPlaces(context: Pick<BackendContext, 'aws'>, footers: Footers, request: TableRequest, { locations, everything }: { locations: string[]; everything?: boolean }, work: Work): Promise<TableFacts> {
  const places = locations.map(placeOf);
  if (!places.every((place) => place !== undefined)) return unknown('noLocation', locations.find((location) => !placeOf(location)));
  const { connectionId, table, columns } = request;
  const report = ({ bytes, objects }: Stored) => work.report({ bytes, objects, complete: false });
  const stored = await work.memory.stored.remembered(
    [connectionId, everything, locations],
    () => countStored(context.aws, { connectionId, places, everything }, { ...work, report }),
    ({ complete }) => complete,
  );
  const facts = { bytes: stored.bytes, objects: stored.objects, complete: stored.complete };
  // A column may be found by position or by another name in the file: only the usual, by-name Parquet is narrowed.
  const byName = table.format === 'Parquet' && table.serdeParameters['parquet.column.index.access'] !== 'true';
  const own = table.columns.map(({ name }) => name.toLowerCase());
  if (columns === 'all' || !byName || own.every((name) => columns.has(name)) || stored.large.length === 0) return facts;
  let saved = 0;
  for (const object of stored.large) {
    saved += await footers.saving(connectionId, object, columns, work.signal);
    work.report({ ...facts, bytes: stored.bytes - saved });
  }
  return saved === 0 ? facts : { ...facts, bytes: stored.bytes - saved, columnsCounted: own.filter((name) => columns.has(name)).length };
}
