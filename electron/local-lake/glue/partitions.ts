import { partitionKey, partitionsOf, partitionsUnder, type Write } from './catalogStore.ts';
import type { CatalogContext } from './context.ts';
import { alreadyExists, errorDetail, invalidInput, partitionNotFound, type ErrorDetail } from './errors.ts';
import { parseExpression, type PartitionFilter } from './expression.ts';
import { decodeToken, takePage, type Page } from './paging.ts';
import type { StoredTable, Tables } from './tables.ts';
import type { GluePartition, GlueTable, PartitionInput } from './types.ts';

export interface PartitionQuery {
  /** As GetPartitions takes it: comparisons of partition keys. */
  expression?: string;
  segment?: { SegmentNumber: number; TotalSegments: number };
  max?: number;
  token?: string;
}
export interface PartitionError {
  PartitionValues: string[];
  ErrorDetail: ErrorDetail;
}

export class Partitions {
  private readonly context: CatalogContext;
  private readonly tables: Tables;
  constructor(context: CatalogContext, tables: Tables) {
    this.context = context;
    this.tables = tables;
  }

  async get(database: string, name: string, values: string[]): Promise<GluePartition> {
    const { id, table } = await this.tables.stored(database, name);
    checkValues(table, values);
    const partition = await this.context.store.get<GluePartition>(partitionKey(id, values));
    if (!partition) throw partitionNotFound();
    return partition;
  }

  /** Those that exist, in the order asked for; absent ones are undefined. */
  async getMany(database: string, name: string, all: string[][]): Promise<(GluePartition | undefined)[]> {
    const { id, table } = await this.tables.stored(database, name);
    for (const values of all) checkValues(table, values);
    return this.context.store.getMany<GluePartition>(all.map((values) => partitionKey(id, values)));
  }

  /** In order of their values. */
  async list(database: string, name: string, query: PartitionQuery = {}): Promise<Page<GluePartition>> {
    const stored = await this.tables.stored(database, name);
    const filter = query.expression?.trim() ? parseExpression(query.expression, stored.table.PartitionKeys ?? []) : undefined;
    const inSegment = segmentFilter(query.segment);
    const pick = (partition: GluePartition) => (inSegment(partition) && (!filter || filter.matches(partition.Values)) ? partition : undefined);
    return takePage(this.entries(stored, filter, decodeToken(query.token, partitionsOf(stored.id))), query.max ?? 1000, pick);
  }

  /** All of them, streamed. */
  async *all(database: string, name: string): AsyncIterable<GluePartition> {
    const stored = await this.tables.stored(database, name);
    for await (const [, partition] of this.entries(stored)) yield partition;
  }

  create(database: string, name: string, input: PartitionInput): Promise<void> {
    return this.context.exclusively(async () => {
      const { id, table } = await this.tables.stored(database, name);
      checkValues(table, input.Values ?? []);
      const key = partitionKey(id, input.Values ?? []);
      if (await this.context.store.get(key)) throw alreadyExists('Partition already exists.');
      await this.context.store.write([{ type: 'put', key, value: this.compose(table, input) }]);
    });
  }

  /** Creates those that can be; says of the others why not. */
  createBatch(database: string, name: string, inputs: PartitionInput[]): Promise<PartitionError[]> {
    return this.context.exclusively(async () => {
      const { id, table } = await this.tables.stored(database, name);
      const keys = inputs.map(({ Values = [] }) => partitionKey(id, Values));
      const existing = await this.context.store.getMany(keys);
      const writes = new Map<string, Write>();
      const errors: PartitionError[] = [];
      for (const [i, input] of inputs.entries()) {
        try {
          checkValues(table, input.Values ?? []);
          if (existing[i] !== undefined || writes.has(keys[i]!)) throw alreadyExists('Partition already exists.');
          writes.set(keys[i]!, { type: 'put', key: keys[i]!, value: this.compose(table, input) });
        } catch (error) {
          errors.push({ PartitionValues: input.Values ?? [], ErrorDetail: errorDetail(error) });
        }
      }
      await this.context.store.write([...writes.values()]);
      return errors;
    });
  }

  update(database: string, name: string, values: string[], input: PartitionInput): Promise<void> {
    return this.context.exclusively(async () => {
      const { id, table } = await this.tables.stored(database, name);
      checkValues(table, values);
      const key = partitionKey(id, values);
      const old = await this.context.store.get<GluePartition>(key);
      if (!old) throw partitionNotFound();
      const newValues = input.Values?.length ? input.Values : values;
      checkValues(table, newValues);
      const newKey = partitionKey(id, newValues);
      if (newKey !== key && (await this.context.store.get(newKey))) throw alreadyExists('Partition already exists.');
      const partition = { ...this.compose(table, { ...input, Values: newValues }), CreationTime: old.CreationTime };
      const moved: Write[] = newKey === key ? [] : [{ type: 'del', key }];
      await this.context.store.write([...moved, { type: 'put', key: newKey, value: partition }]);
    });
  }

  async delete(database: string, name: string, values: string[]): Promise<void> {
    const [error] = await this.deleteBatch(database, name, [values]);
    if (error) throw partitionNotFound();
  }

  deleteBatch(database: string, name: string, all: string[][]): Promise<PartitionError[]> {
    return this.context.exclusively(async () => {
      const { id, table } = await this.tables.stored(database, name);
      for (const values of all) checkValues(table, values);
      const keys = all.map((values) => partitionKey(id, values));
      const found = await this.context.store.getMany(keys);
      await this.context.store.write(keys.filter((_, i) => found[i] !== undefined).map((key) => ({ type: 'del', key })));
      const missing = all.filter((_, i) => found[i] === undefined);
      return missing.map((PartitionValues) => ({ PartitionValues, ErrorDetail: errorDetail(partitionNotFound()) }));
    });
  }

  /** Equality on the first keys, as most expressions have it, narrows the range that is read. */
  private entries({ id, table }: StoredTable, filter?: PartitionFilter, after?: string): AsyncIterable<[string, GluePartition]> {
    const first = (filter?.leadingValues ?? []).slice(0, (table.PartitionKeys ?? []).length - 1);
    const prefix = first.length === 0 ? partitionsOf(id) : partitionsUnder(id, first);
    return this.context.store.entries<GluePartition>(prefix, after);
  }

  private compose(table: GlueTable, input: PartitionInput): GluePartition {
    return {
      ...input,
      Values: input.Values ?? [],
      DatabaseName: table.DatabaseName,
      TableName: table.Name,
      CatalogId: this.context.accountId,
      CreationTime: this.context.now(),
    };
  }
}

function checkValues(table: GlueTable, values: string[]): void {
  const keys = table.PartitionKeys ?? [];
  if (keys.length === 0) throw invalidInput(`Table ${table.Name} is not partitioned.`);
  if (values.length !== keys.length) {
    throw invalidInput(`The number of partition keys does not match the number of partition values: ${table.Name} has ${keys.length}, given ${values.length}.`);
  }
}

/** Splits the partitions of a table into disjoint parts that several callers read side by side. */
function segmentFilter(segment: PartitionQuery['segment']): (partition: GluePartition) => boolean {
  if (!segment) return () => true;
  const { SegmentNumber, TotalSegments } = segment;
  if (SegmentNumber >= TotalSegments) throw invalidInput('SegmentNumber must be less than TotalSegments.');
  return (partition) => {
    let hash = 0;
    for (const char of partition.Values.join('/')) hash = (hash * 31 + char.codePointAt(0)!) >>> 0;
    return hash % TotalSegments === SegmentNumber;
  };
}
