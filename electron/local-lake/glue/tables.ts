import { randomUUID } from 'node:crypto';
import { AwsJsonError } from '../jsonService.ts';
import { tableKey, tablesOf, versionKey, versionsOf, type Write } from './catalogStore.ts';
import type { CatalogContext } from './context.ts';
import type { Databases } from './databases.ts';
import { alreadyExists, invalidInput, notFound, tableNotFound } from './errors.ts';
import { decodeToken, encodeToken, takePage, type Page } from './paging.ts';
import type { GlueTable, TableInput } from './types.ts';

/** A table and the id its versions and partitions hang on. */
export interface StoredTable {
  id: string;
  table: GlueTable;
}
export interface TableVersion {
  Table: GlueTable;
  VersionId: string;
}

export class Tables {
  private readonly context: CatalogContext;
  private readonly databases: Databases;
  constructor(context: CatalogContext, databases: Databases) {
    this.context = context;
    this.databases = databases;
  }

  async find(database: string, name: string): Promise<StoredTable | undefined> {
    return this.context.store.get<StoredTable>(tableKey(database.toLowerCase(), name.toLowerCase()));
  }

  /** EntityNotFoundException for the database or the table, whichever is missing. */
  async stored(database: string, name: string): Promise<StoredTable> {
    const found = await this.find(database, name);
    if (found) return found;
    await this.databases.get(database);
    throw tableNotFound(name);
  }

  async get(database: string, name: string): Promise<GlueTable> {
    return (await this.stored(database, name)).table;
  }

  /** `expression` is a regular expression on the whole name, as GetTables takes it. */
  async list(database: string, options: { expression?: string; max?: number; token?: string } = {}): Promise<Page<GlueTable>> {
    const { Name } = await this.databases.get(database);
    const matches = nameFilter(options.expression);
    const entries = this.context.store.entries<StoredTable>(tablesOf(Name), decodeToken(options.token, tablesOf(Name)));
    return takePage(entries, options.max ?? 100, ({ table }) => (matches(table.Name) ? table : undefined));
  }

  /** Every table of the catalog, in order of database and name. */
  async *all(after?: string): AsyncIterable<[string, GlueTable]> {
    for await (const [key, { table }] of this.context.store.entries<StoredTable>('t/', after)) yield [key, table];
  }

  create(database: string, input: TableInput): Promise<GlueTable> {
    return this.context.exclusively(async () => {
      const { Name } = await this.databases.get(database);
      checkColumns(input);
      if (await this.find(Name, input.Name)) throw alreadyExists('Table already exists.');
      const table = this.compose(Name, input, '0', this.context.now());
      await this.context.store.write([{ type: 'put', key: tableKey(Name, table.Name), value: { id: randomUUID(), table } satisfies StoredTable }]);
      return table;
    });
  }

  /** Keeps what was as a version unless `skipArchive`; `versionId` makes it fail where somebody was faster. */
  update(database: string, input: TableInput, options: { skipArchive?: boolean; versionId?: string; name?: string } = {}): Promise<GlueTable> {
    return this.context.exclusively(async () => {
      const { id, table: old } = await this.stored(database, options.name ?? input.Name);
      if (options.versionId !== undefined && options.versionId !== old.VersionId) {
        throw new AwsJsonError('ConcurrentModificationException', `Update table failed due to concurrent modifications: the table is at version ${old.VersionId}.`);
      }
      checkColumns(input);
      const version = options.skipArchive ? old.VersionId : String(Number(old.VersionId) + 1);
      const table = this.compose(old.DatabaseName, input, version, old.CreateTime);
      const key = tableKey(old.DatabaseName, table.Name);
      const writes: Write[] = [{ type: 'put', key, value: { id, table } satisfies StoredTable }];
      if (table.Name !== old.Name) {
        if (await this.find(old.DatabaseName, table.Name)) throw alreadyExists('Table already exists.');
        writes.push({ type: 'del', key: tableKey(old.DatabaseName, old.Name) });
      }
      if (!options.skipArchive) writes.push({ type: 'put', key: versionKey(id, old.VersionId), value: old });
      await this.context.store.write(writes);
      return table;
    });
  }

  delete(database: string, name: string): Promise<void> {
    return this.context.exclusively(async () => {
      const { id, table } = await this.stored(database, name);
      await this.context.store.write([{ type: 'del', key: tableKey(table.DatabaseName, table.Name) }, this.context.store.dropMark(id)]);
      await this.context.store.removeDropped(id);
    });
  }

  async version(database: string, name: string, versionId?: string): Promise<TableVersion> {
    const { id, table } = await this.stored(database, name);
    if (versionId === undefined || versionId === table.VersionId) return { Table: table, VersionId: table.VersionId };
    const old = /^\d{1,10}$/.test(versionId) ? await this.context.store.get<GlueTable>(versionKey(id, versionId)) : undefined;
    if (!old) throw notFound(`Version ${versionId} of table ${name} not found.`);
    return { Table: old, VersionId: old.VersionId };
  }

  /** Newest first, the present one included. */
  async versions(database: string, name: string, options: { max?: number; token?: string } = {}): Promise<Page<TableVersion>> {
    const { id, table } = await this.stored(database, name);
    const after = decodeToken(options.token, versionsOf(id));
    const size = options.max ?? 100;
    const present = after === undefined ? [{ Table: table, VersionId: table.VersionId }] : [];
    const before = after === undefined || after === versionsOf(id) ? undefined : after;
    const older = this.context.store.entries<GlueTable>(versionsOf(id), before, true);
    if (size === present.length) {
      for await (const _ of older) return { items: present, nextToken: encodeToken(versionsOf(id)) };
      return { items: present };
    }
    const page = await takePage(older, size - present.length, (old): TableVersion => ({ Table: old, VersionId: old.VersionId }));
    return { ...page, items: [...present, ...page.items] };
  }

  deleteVersion(database: string, name: string, versionId: string): Promise<void> {
    return this.context.exclusively(async () => {
      const { id, table } = await this.stored(database, name);
      if (versionId === table.VersionId) throw invalidInput('The latest version of a table cannot be deleted.');
      await this.version(database, name, versionId);
      await this.context.store.write([{ type: 'del', key: versionKey(id, versionId) }]);
    });
  }

  private compose(database: string, input: TableInput, version: string, createTime: number): GlueTable {
    return {
      ...input,
      PartitionKeys: input.PartitionKeys ?? [],
      Retention: input.Retention ?? 0,
      DatabaseName: database,
      CatalogId: this.context.accountId,
      CreateTime: createTime,
      UpdateTime: this.context.now(),
      VersionId: version,
      IsRegisteredWithLakeFormation: false,
    };
  }
}

function checkColumns(input: TableInput): void {
  const seen = new Set<string>();
  for (const { Name } of [...(input.StorageDescriptor?.Columns ?? []), ...(input.PartitionKeys ?? [])]) {
    if (seen.has(Name)) throw invalidInput(`Table ${input.Name} has the column ${Name} more than once; a partition key must not repeat a column.`);
    seen.add(Name);
  }
}

function nameFilter(expression: string | undefined): (name: string) => boolean {
  if (expression === undefined || expression === '') return () => true;
  try {
    const regex = new RegExp(`^(?:${expression})$`, 'i');
    return (name) => regex.test(name);
  } catch (error) {
    // Hive's own patterns (`a*`) come here too where they are no regular expression, e.g. `*`.
    if (/^[\w*|.]+$/.test(expression)) return nameFilter(expression.replaceAll('*', '.*'));
    throw invalidInput(`The expression ${expression} is not a regular expression: ${(error as Error).message}`);
  }
}
