import type { CachedCatalog, CachedTable } from './cache.ts';

export interface Cover {
  database: string;
  table: CachedTable;
  /** The path below the table's location. */
  rest: string;
}

/** `s3://bucket/prefix` without scheme (s3, s3a, s3n) and with one trailing slash. */
export const normalisedLocation = (location: string) => `${location.replace(/^s3[an]?:\/\//i, '').replace(/\/+$/, '')}/`;

/** The table with the longest location that holds the object or prefix; views have none. */
export const coveringTable = (catalog: CachedCatalog, bucket: string, prefix: string): Cover | undefined => coveringTables(catalog, bucket, prefix)[0];

/** All tables whose location holds the object or prefix, the nearest first. */
export function coveringTables({ databases }: CachedCatalog, bucket: string, prefix: string): Cover[] {
  const wanted = `${bucket}/${prefix}`;
  const covers: (Cover & { length: number })[] = [];
  for (const [database, tables] of Object.entries(databases)) {
    for (const table of tables) {
      if (!table.location || table.kind === 'view') continue;
      const location = normalisedLocation(table.location);
      // The location itself may be asked for without its slash.
      if (wanted.startsWith(location) || `${wanted}/` === location) covers.push({ database, table, rest: wanted.slice(location.length), length: location.length });
    }
  }
  return covers.toSorted((a, b) => b.length - a.length).map(({ database, table, rest }) => ({ database, table, rest }));
}

/**
 * Partition values by Hive's naming (`year=2001/month=1/…`), in the order of the keys; undefined where the path does not
 * name all of them. Hive escapes special characters as %XX.
 */
export function hivePartition({ table, rest }: Cover): string[] | undefined {
  if (table.partitionKeys.length === 0) return undefined;
  const named = new Map<string, string>();
  for (const part of rest.split('/')) {
    const at = part.indexOf('=');
    if (at > 0) named.set(part.slice(0, at).toLowerCase(), unescapeHive(part.slice(at + 1)));
  }
  const values = table.partitionKeys.map(({ name }) => named.get(name.toLowerCase()));
  return values.every((value) => value !== undefined) ? values : undefined;
}

export function unescapeHive(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
