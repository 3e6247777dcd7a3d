import type { Database, Partition, TableDetails, TableVersion } from '../../../shared/contract/catalog.ts';
import type { ViewText } from './tableShape.ts';

/** The name of the account's own Glue Data Catalog, in Athena and here. */
export const GLUE_CATALOG = 'AwsDataCatalog';

export interface Page<T> {
  items: T[];
  nextToken?: string | undefined;
}
export interface PageRequest {
  token?: string | undefined;
  /** At most this many items. */
  max: number;
  signal?: AbortSignal | undefined;
}

/** A table as sources give it; the DDL is written from it where it is asked for. */
export type Table = Omit<TableDetails, 'ddl'> & { view?: ViewText | undefined };

/** One data catalog of one connection: Glue's own, or a federated one through Athena. */
export interface CatalogSource {
  databases(page: PageRequest): Promise<Page<Database>>;
  tables(database: string, page: PageRequest): Promise<Page<Table>>;
  table(database: string, name: string, signal?: AbortSignal): Promise<Table>;
  partitions(database: string, table: string, expression: string | undefined, page: PageRequest): Promise<Page<Partition>>;
  versions(database: string, table: string, page: PageRequest): Promise<Page<TableVersion>>;
}

/** Fills one page of `max` items from a service whose own pages are smaller. */
export async function fillPage<T>(request: PageRequest, most: number, read: (token: string | undefined, max: number) => Promise<Page<T>>): Promise<Page<T>> {
  const items: T[] = [];
  let token = request.token;
  do {
    const page = await read(token, Math.min(most, request.max - items.length));
    items.push(...page.items);
    token = page.nextToken || undefined;
  } while (token && items.length < request.max);
  return { items, nextToken: token };
}
