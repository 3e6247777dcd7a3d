import { GetPartitionCommand } from '@aws-sdk/client-glue';
import type { CoveringTable } from '../../../shared/contract/catalogPaths.ts';
import { AppError } from '../../../shared/errors.ts';
import type { AwsConnections } from '../../aws/types.ts';
import type { Cover } from './covering.ts';
import { normalisedLocation, unescapeHive } from './covering.ts';
import { isProjected } from '../../../shared/sql/projection/projection.ts';
import type { CatalogSource } from './source.ts';

/** What a path says of a table's partition: the keys it names, and the folder of the last one where it names them all. */
export function namedPartition({ table, rest }: Cover): { named: CoveringTable['named']; depth?: number } {
  const { partitionKeys } = table;
  const named = new Map<string, string>();
  let length = 0;
  let depth: number | undefined;
  for (const part of rest.split('/').slice(0, -1)) {
    length += part.length + 1;
    const at = part.indexOf('=');
    const name = part.slice(0, Math.max(at, 0)).toLowerCase();
    if (at > 0 && !named.has(name) && partitionKeys.some((key) => key.name.toLowerCase() === name)) {
      named.set(name, unescapeHive(part.slice(at + 1)));
      if (named.size === partitionKeys.length) depth = length;
    }
    if (depth !== undefined) break;
  }
  return { named: partitionKeys.flatMap(({ name, type }) => (named.has(name.toLowerCase()) ? [{ name, type, value: named.get(name.toLowerCase())! }] : [])), depth };
}

/** A covering table as the contract has it; its partition not asked for yet. */
export function coveringOf(cover: Cover): CoveringTable {
  const { named, depth } = namedPartition(cover);
  const { name, kind, partitionKeys, location } = cover.table;
  const root = `s3://${normalisedLocation(location!)}`;
  return { database: cover.database, table: name, kind, location: root, partitionKeys, named, folder: depth === undefined ? undefined : root + cover.rest.slice(0, depth) };
}

/** Asks Glue for the partition a path names: one call, and one more where it is not there. */
export async function withState(aws: AwsConnections, source: CatalogSource, connectionId: string, covering: CoveringTable, place: string, signal?: AbortSignal): Promise<CoveringTable> {
  const { database, table, named, folder, kind } = covering;
  if (kind !== 'table' || covering.partitionKeys.length === 0) return covering;
  // A folder that names no partition, or only some of its keys, holds many.
  if (folder === undefined) return place.endsWith('/') ? covering : byLocation(source, covering, place, signal);
  try {
    const location = await aws.attempt({ connectionId, action: 'glue:GetPartition', resource: `table ${database}.${table}` }, async ({ glue }) => {
      const request = new GetPartitionCommand({ DatabaseName: database, TableName: table, PartitionValues: named.map(({ value }) => value) });
      return (await glue.send(request, { abortSignal: signal })).Partition?.StorageDescriptor?.Location;
    });
    const here = location === undefined || `${folder}`.startsWith(`s3://${normalisedLocation(location)}`);
    return here ? { ...covering, state: 'registered' } : { ...covering, state: 'elsewhere', registeredAt: location };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'Cancelled') throw error;
    if (error.code !== 'NotFound') return { ...covering, state: 'unknown' };
    const { parameters } = await source.table(database, table, signal);
    return { ...covering, state: isProjected(parameters) ? 'projected' : 'unregistered' };
  }
}

/** Partitions that are looked through for a location; more would be too many requests for one object. */
const MOST_LOCATIONS = 1000;

/** The partition whose location holds an object of a table that is not laid out as Hive does. */
async function byLocation(source: CatalogSource, covering: CoveringTable, place: string, signal?: AbortSignal): Promise<CoveringTable> {
  const { database, table, partitionKeys } = covering;
  try {
    const { items, nextToken } = await source.partitions(database, table, undefined, { max: MOST_LOCATIONS, signal });
    const holds = items.map(({ values, location = '' }) => ({ values, at: `s3://${normalisedLocation(location)}` })).filter(({ at }) => place.startsWith(at));
    const nearest = holds.toSorted((a, b) => b.at.length - a.at.length)[0];
    if (nearest) return { ...covering, named: partitionKeys.map((key, at) => ({ ...key, value: nearest.values[at] ?? '' })), folder: nearest.at, state: 'registered' };
    if (nextToken) return { ...covering, state: 'unknown' };
    const { parameters } = await source.table(database, table, signal);
    return { ...covering, state: isProjected(parameters) ? 'projected' : 'outside' };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'Cancelled') throw error;
    return { ...covering, state: 'unknown' };
  }
}

/** https://docs.aws.amazon.com/athena/latest/ug/partition-projection-setting-up.html */
