import type { TableSummary } from '../../../shared/contract/catalog.ts';
import type { CachedCatalog } from './cache.ts';

export interface Found {
  database: string;
  table: string;
  kind: TableSummary['kind'];
  matchedColumns: string[];
}

const MOST_COLUMNS_NAMED = 20;

/** Tables whose name or a column's holds the text, any case; names that begin with it come first, then other names, then columns. */
export function searchTables({ databases }: CachedCatalog, text: string, max: number): Found[] {
  const wanted = text.toLowerCase();
  const found: (Found & { rank: number })[] = [];
  for (const [database, tables] of Object.entries(databases)) {
    for (const { name, kind, columns, partitionKeys } of tables) {
      const at = name.toLowerCase().indexOf(wanted);
      const matchedColumns = [...(columns ?? []), ...partitionKeys].map((column) => column.name).filter((column) => column.toLowerCase().includes(wanted));
      if (at < 0 && matchedColumns.length === 0) continue;
      const rank = at === 0 ? 0 : at > 0 ? 1 : 2;
      found.push({ database, table: name, kind, matchedColumns: matchedColumns.slice(0, MOST_COLUMNS_NAMED), rank });
    }
  }
  found.sort((a, b) => a.rank - b.rank || (a.table < b.table ? -1 : 1));
  return found.slice(0, max).map(({ rank: _, ...rest }) => rest);
}
