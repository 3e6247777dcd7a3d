import { CatalogStore } from './catalogStore.ts';
import { catalogContext } from './context.ts';
import { Databases } from './databases.ts';
import { Partitions } from './partitions.ts';
import { Tables } from './tables.ts';

/** The Data Catalog as the lake's own services use it; the JSON API is made of the same. */
export interface Catalog {
  databases: Databases;
  tables: Tables;
  partitions: Partitions;
  close(): Promise<void>;
}

/** Opens (creates) the catalog in `dir`; the database `default` is always there at first. */
export async function openCatalog(dir: string, accountId: string): Promise<Catalog> {
  const store = await CatalogStore.open(dir);
  const context = catalogContext(store, accountId);
  const databases = new Databases(context);
  const tables = new Tables(context, databases);
  const partitions = new Partitions(context, tables);
  const CREATED = 'created';
  if (!(await store.get(CREATED))) {
    if (!(await databases.find('default'))) await databases.create({ Name: 'default', Description: 'Default database' });
    await store.write([{ type: 'put', key: CREATED, value: true }]);
  }
  return { databases, tables, partitions, close: () => store.close() };
}
