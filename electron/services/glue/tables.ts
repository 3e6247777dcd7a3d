import { fillPage, type CatalogSource, type Page, type PageRequest, type Table } from './source.ts';

/** How many tables are looked through for one filtered page, at most; the next page goes on from there. */
const LOOK_THROUGH = 10_000;

/**
 * One page of a database's tables, those whose name holds `filter` (any case). The filter is applied here: services take
 * patterns of different dialects, and ignore case differently.
 */
export async function filteredTables(source: CatalogSource, database: string, filter: string | undefined, request: PageRequest): Promise<Page<Table>> {
  if (!filter) return source.tables(database, request);
  const wanted = filter.toLowerCase();
  let looked = 0;
  let exhausted: string | undefined;
  const page = await fillPage(request, request.max, async (token, max) => {
    const all = await source.tables(database, { ...request, token, max: Math.max(max, 100) });
    looked += all.items.length;
    const items = all.items.filter(({ name }) => name.toLowerCase().includes(wanted));
    if (looked >= LOOK_THROUGH) exhausted = all.nextToken;
    return { items, nextToken: exhausted ? undefined : all.nextToken };
  });
  return { items: page.items, nextToken: page.nextToken ?? exhausted };
}
