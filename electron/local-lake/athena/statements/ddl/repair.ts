import type { QualifiedName } from '../../../../../shared/sql/ddl/ast.ts';
import { parseS3Location, withSlash } from '../../s3Location.ts';
import { unescapePathValue } from '../dataFiles.ts';
import { partitionKeysOf, requireTable, semanticFailure, tableName } from '../names.ts';
import type { Outcome, StatementRun } from '../outcome.ts';
import { partitionPath } from './partitions.ts';

/** Partitions written to the catalog at once. */
const BATCH = 1000;

/**
 * MSCK REPAIR TABLE: adds every folder `key=value/…` below the table's location that the catalog does not know as a
 * partition. It removes none. https://docs.aws.amazon.com/athena/latest/ug/msck-repair-table.html
 */
export async function repair(run: StatementRun, { name }: { name: QualifiedName }): Promise<Outcome> {
  const table = await requireTable(run, tableName(run, name));
  const keys = partitionKeysOf(table);
  const at = parseS3Location(table.StorageDescriptor?.Location);
  if (!at) throw semanticFailure(`The location of ${table.Name} is not an s3:// address: ${table.StorageDescriptor?.Location}`);
  const root = withSlash(at.key);
  const known = new Set<string>();
  for await (const { Values } of run.context.catalog.partitions.all(table.DatabaseName, table.Name)) known.add(JSON.stringify(Values));

  const missing: string[][] = [];
  for await (const values of partitionFolders(run, at.bucket, root, keys)) {
    const id = JSON.stringify(values);
    if (!known.has(id)) missing.push(values);
    known.add(id);
  }
  for (let i = 0; i < missing.length; i += BATCH) {
    const inputs = missing.slice(i, i + BATCH).map((Values) => ({
      Values,
      StorageDescriptor: { ...table.StorageDescriptor, Location: `s3://${at.bucket}/${root}${partitionPath(keys, Values)}` },
    }));
    await run.context.catalog.partitions.createBatch(table.DatabaseName, table.Name, inputs);
  }
  const paths = missing.map((values) => `${table.Name}:${partitionPath(keys, values)}`);
  const lines = missing.length === 0 ? [] : [`Partitions not in metastore:\t${paths.join('\t')}`, ...paths.map((path) => `Repair: Added partition to metastore ${path}`)];
  return { kind: 'text', columns: [], lines: lines.map((line) => [line]) };
}

/** The values of every folder of Hive's layout, one level of keys after the other; folders of another shape are passed over. */
async function* partitionFolders(run: StatementRun, bucket: string, prefix: string, keys: string[], above: string[] = []): AsyncIterable<string[]> {
  run.signal.throwIfAborted();
  const [key, ...deeper] = keys;
  let startAfter: string | undefined;
  do {
    const page = await run.context.objects.list(bucket, { prefix, delimiter: '/', startAfter, limit: 1000 });
    for (const entry of page.entries) {
      if (!('commonPrefix' in entry)) continue;
      const folder = entry.commonPrefix.slice(prefix.length, -1);
      const cut = folder.indexOf('=');
      if (cut < 0 || unescapePathValue(folder.slice(0, cut)).toLowerCase() !== key) continue;
      const values = [...above, unescapePathValue(folder.slice(cut + 1))];
      if (deeper.length === 0) yield values;
      else yield* partitionFolders(run, bucket, entry.commonPrefix, deeper, values);
    }
    startAfter = page.truncated ? page.next : undefined;
  } while (startAfter !== undefined);
}
