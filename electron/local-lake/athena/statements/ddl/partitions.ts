import type { PartitionValue } from '../../../../../shared/sql/ddl/ast.ts';
import type { GluePartition, GlueTable } from '../../../glue/index.ts';
import { withSlash } from '../../s3Location.ts';
import { escapePathValue } from '../dataFiles.ts';
import { partitionKeysOf, semanticFailure } from '../names.ts';
import type { StatementRun } from '../outcome.ts';

/** `year=2024/month=01`, as Hive writes a partition. */
export const partitionPath = (keys: string[], values: string[]): string => keys.map((key, i) => `${escapePathValue(key)}=${escapePathValue(values[i]!)}`).join('/');

export const partitionLocation = (table: GlueTable, values: string[]): string =>
  `${withSlash(table.StorageDescriptor?.Location ?? '')}${partitionPath((table.PartitionKeys ?? []).map(({ Name }) => Name), values)}`;

/** The one value of every partition key, in the order of the keys. */
export function fullValues(table: GlueTable, spec: PartitionValue[]): string[] {
  const keys = partitionKeysOf(table);
  checkColumns(keys, spec);
  return keys.map((key) => {
    const given = spec.find(({ column }) => column.toLowerCase() === key);
    if (!given) throw semanticFailure(`[Error 10006]: partition spec is missing the partition key ${key}; the keys are ${keys.join(', ')}`);
    return given.value;
  });
}

/** The partitions that satisfy all of these comparisons. */
export async function matchingPartitions(run: StatementRun, table: GlueTable, spec: PartitionValue[]): Promise<GluePartition[]> {
  checkColumns(partitionKeysOf(table), spec);
  const expression = spec.map(({ column, operator, value }) => `"${column}" ${operator} '${value.replaceAll("'", "''")}'`).join(' AND ');
  const found: GluePartition[] = [];
  let token: string | undefined;
  do {
    const page = await run.context.catalog.partitions.list(table.DatabaseName, table.Name, { expression, token });
    found.push(...page.items);
    token = page.nextToken;
  } while (token !== undefined);
  return found;
}

function checkColumns(keys: string[], spec: PartitionValue[]): void {
  const unknown = spec.find(({ column }) => !keys.includes(column.toLowerCase()));
  if (unknown) throw semanticFailure(`[Error 10098]: Non-Partition column appears in the partition specification: ${unknown.column}`);
}
