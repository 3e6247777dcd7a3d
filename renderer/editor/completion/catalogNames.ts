import type { Column } from '../../../shared/contract/catalog.ts';

/** The catalog as completion sees it: what the cache on disk holds, and columns read since. */
export interface CatalogNames {
  databases: { name: string; tables: { name: string; columns: Column[] | null }[] }[];
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

export const findDatabase = (names: CatalogNames, database: string) => names.databases.find(({ name }) => same(name, database));

/** A table by its dotted name: `table`, `database.table` or `catalog.database.table`. */
export function findTable(names: CatalogNames, dotted: string[], currentDatabase: string | undefined) {
  const table = dotted.at(-1);
  const database = dotted.at(-2) ?? currentDatabase;
  if (!table || !database) return undefined;
  const found = findDatabase(names, database)?.tables.find(({ name }) => same(name, table));
  return found && { ...found, database };
}
