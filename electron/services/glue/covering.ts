import type { CachedCatalog, CachedTable } from './cache.ts';

export interface Cover {
  database: string;
  table: CachedTable;
  /** The path below the table's location. */
  rest: string;
}

/** `s3://bucket/prefix` without scheme (s3, s3a, s3n) and with one trailing slash. */
const normalised = (location: string) => `${location.replace(/^s3[an]?:\/\//i, '').replace(/\/+$/, '')}/`;

/** The table with the longest location that holds the object or prefix; views have none. */
export function coveringTable({ databases }: CachedCatalog, bucket: string, prefix: string): Cover | undefined {
  const wanted = `${bucket}/${prefix}`;
  let best: Cover | undefined;
  let longest = 0;
  for (const [database, tables] of Object.entries(databases)) {
    for (const table of tables) {
      if (!table.location || table.kind === 'view') continue;
      const location = normalised(table.location);
      // The location itself may be asked for without its slash.
      if (location.length <= longest || !(wanted.startsWith(location) || `${wanted}/` === location)) continue;
      longest = location.length;
      best = { database, table, rest: wanted.slice(location.length) };
    }
  }
  return best;
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

function unescapeHive(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
