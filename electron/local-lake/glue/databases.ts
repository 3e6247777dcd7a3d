import { databaseKey, tablesOf, type Write } from './catalogStore.ts';
import type { CatalogContext } from './context.ts';
import { alreadyExists, databaseNotFound, invalidInput } from './errors.ts';
import { decodeToken, takePage, type Page } from './paging.ts';
import type { StoredTable } from './tables.ts';
import type { DatabaseInput, GlueDatabase } from './types.ts';

export class Databases {
  private readonly context: CatalogContext;
  constructor(context: CatalogContext) {
    this.context = context;
  }

  async find(name: string): Promise<GlueDatabase | undefined> {
    return this.context.store.get<GlueDatabase>(databaseKey(name.toLowerCase()));
  }

  async get(name: string): Promise<GlueDatabase> {
    const database = await this.find(name);
    if (!database) throw databaseNotFound(name);
    return database;
  }

  list(options: { max?: number; token?: string } = {}): Promise<Page<GlueDatabase>> {
    return takePage(this.context.store.entries<GlueDatabase>('d/', decodeToken(options.token, 'd/')), options.max ?? 100, (database) => database);
  }

  create(input: DatabaseInput): Promise<void> {
    return this.context.exclusively(async () => {
      if (await this.find(input.Name)) throw alreadyExists('Database already exists.');
      await this.put(input, this.context.now());
    });
  }

  update(name: string, input: DatabaseInput): Promise<void> {
    return this.context.exclusively(async () => {
      const old = await this.get(name);
      if (input.Name !== old.Name) throw invalidInput('Renaming a database is not supported.');
      await this.put(input, old.CreateTime);
    });
  }

  /** With all of its tables, their versions and partitions. */
  delete(name: string): Promise<void> {
    return this.context.exclusively(async () => {
      const { store } = this.context;
      const { Name } = await this.get(name);
      const writes: Write[] = [{ type: 'del', key: databaseKey(Name) }];
      const dropped: string[] = [];
      for await (const [key, { id }] of store.entries<StoredTable>(tablesOf(Name))) {
        writes.push({ type: 'del', key }, store.dropMark(id));
        dropped.push(id);
      }
      await store.write(writes);
      for (const id of dropped) await store.removeDropped(id);
    });
  }

  private put(input: DatabaseInput, createTime: number): Promise<void> {
    const database: GlueDatabase = { ...input, CreateTime: createTime, CatalogId: this.context.accountId };
    return this.context.store.write([{ type: 'put', key: databaseKey(input.Name), value: database }]);
  }
}
