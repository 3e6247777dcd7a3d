import { randomUUID } from 'node:crypto';
import { open, readFile, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { EngineClient } from '../athena/engineClient.ts';
import { literal } from '../athena/format/literals.ts';
import { removeFolder, writtenFiles } from '../athena/statements/dataFiles.ts';
import { RESULTS_BUCKET } from '../athena/workGroups.ts';
import type { Catalog, PartitionInput, TableInput } from '../glue/index.ts';
import type { ObjectStore } from '../objects/objectStore.ts';
import { attributionText, samplePackage, type Resource } from './attribution.ts';
import { SAMPLE_TABLES, type SampleTable } from './tables.ts';

export const SAMPLES_BUCKET = 'secchi-samples';
export const SAMPLES_DATABASE = 'samples';

export interface FillOptions {
  /** DIR/lake: the marker of a finished fill is kept there. */
  dir: string;
  region: string;
  objects: ObjectStore;
  catalog: Catalog;
  engine: EngineClient;
  onProgress?: (message: string) => void;
}

/** The buckets every lake starts with. */
export async function createFirstBuckets({ objects, region }: Pick<FillOptions, 'objects' | 'region'>, names = [RESULTS_BUCKET]): Promise<void> {
  const there = new Set(objects.listBuckets().map(({ name }) => name));
  for (const name of names) if (!there.has(name)) await objects.createBucket(name, region);
}

/**
 * Fills a new lake with real tables. The marker is written last: killed midway, it begins again and comes to the same
 * end; once finished, what the user deletes stays deleted.
 */
export async function fillWithSamples(options: FillOptions): Promise<void> {
  const marker = path.join(options.dir, 'samples-filled');
  if (await stat(marker).catch(() => undefined)) return;
  const { catalog, objects } = options;
  const source = samplePackage();
  await createFirstBuckets(options, [RESULTS_BUCKET, SAMPLES_BUCKET]);
  await createDatabase(catalog, SAMPLES_DATABASE, 'Sample tables from vega-datasets; see ATTRIBUTION.txt in their bucket');
  await createDatabase(catalog, 'staging', 'An empty database to try things in');
  const used: { table: string; resource: Resource }[] = [];
  for (const table of SAMPLE_TABLES) {
    const resource = source.licensed(table.source);
    if (!resource) continue;
    options.onProgress?.(`Filling the sample lake: ${table.name}`);
    await storeTable(options, table, source.file(table.source));
    used.push({ table: table.name, resource });
  }
  const attribution = attributionText(source.version, source.homepage, used);
  await objects.put(SAMPLES_BUCKET, 'ATTRIBUTION.txt', Buffer.from(attribution), { contentType: 'text/plain; charset=utf-8' });
  await writeMarker(marker);
}

async function createDatabase(catalog: Catalog, name: string, description: string): Promise<void> {
  if (!(await catalog.databases.find(name))) await catalog.databases.create({ Name: name, Description: description });
}

async function storeTable(options: FillOptions, table: SampleTable, file: string): Promise<void> {
  const { catalog, objects } = options;
  const location = `s3://${SAMPLES_BUCKET}/${table.name}/`;
  const input: TableInput = {
    Name: table.name,
    Description: table.description,
    Owner: 'hadoop',
    TableType: 'EXTERNAL_TABLE',
    Parameters: { EXTERNAL: 'TRUE', ...table.parameters },
    PartitionKeys: table.partitionKeys ?? [],
    StorageDescriptor: { Columns: table.columns, Location: location, NumberOfBuckets: -1, Compressed: table.store === 'gzip', ...table.format },
  };
  const put = (name: string, bytes: Uint8Array, contentType: string) => objects.put(SAMPLES_BUCKET, `${table.name}/${name}`, bytes, { contentType });
  let partitions: PartitionInput[] = [];

  switch (table.store) {
    case 'copy':
      await put(table.source, await readFile(file), 'text/csv');
      break;
    case 'gzip':
      await put(`${table.source}.gz`, await promisify(gzip)(await readFile(file)), 'application/gzip');
      break;
    case 'lines':
      await objects.put(SAMPLES_BUCKET, `raw/${table.source}`, await readFile(file), { contentType: 'application/json' });
      await put(table.source.replace(/\.json$/, '.jsonl'), toLines(await readFile(file, 'utf8')), 'application/x-ndjson');
      break;
    case 'monthly':
      partitions = await storeByMonth(options, input, file);
  }
  // The table comes after its objects: whoever asks while the lake fills gets the whole table or none.
  if (!(await catalog.tables.find(SAMPLES_DATABASE, table.name))) await catalog.tables.create(SAMPLES_DATABASE, input);
  if (partitions.length > 0) await catalog.partitions.createBatch(SAMPLES_DATABASE, table.name, partitions);
}

/** The objects of a JSON array, or the features of a GeoJSON collection, one a line. */
function toLines(text: string): Buffer {
  const json = JSON.parse(text) as unknown[] | { features: unknown[] };
  const objects = Array.isArray(json) ? json : json.features;
  return Buffer.from(objects.map((object) => `${JSON.stringify(object)}\n`).join(''));
}

/** Parquet files compressed with zstd, one for each month of the column `date`, rows in the order of the source; their partitions. */
async function storeByMonth({ objects, engine }: FillOptions, table: TableInput, file: string): Promise<PartitionInput[]> {
  const partitions: PartitionInput[] = [];
  const raw = await objects.put(SAMPLES_BUCKET, `raw/${path.basename(file)}`, await readFile(file), { contentType: 'application/vnd.apache.parquet' });
  const { signal } = new AbortController();
  const source = `read_parquet(${literal(await objects.file(raw))})`;
  const found = await engine.run({ setup: [], sql: `SELECT DISTINCT strftime(date, '%Y-%m') FROM ${source} ORDER BY 1`, output: { kind: 'rows' } }, signal);
  for (const [month] of found.values ?? []) {
    if (!month) continue;
    const folder = path.join(engine.workDir, randomUUID());
    const prefix = `${table.Name}/month=${month}/`;
    try {
      const sql = `SELECT * FROM ${source} WHERE date >= DATE '${month}-01' AND date < DATE '${month}-01' + INTERVAL 1 MONTH`;
      await engine.run({ setup: [], sql, output: { kind: 'data', folder, copyOptions: 'FORMAT parquet, COMPRESSION zstd', partitionBy: [], extension: 'parquet', encoding: 'typed' } }, signal);
      for (const part of await writtenFiles(folder)) {
        await objects.putFile(SAMPLES_BUCKET, `${prefix}${table.Name}-${month}.parquet`, part.file, { contentType: 'application/vnd.apache.parquet' });
      }
    } finally {
      await removeFolder(folder);
    }
    const StorageDescriptor = { ...table.StorageDescriptor, Location: `s3://${SAMPLES_BUCKET}/${prefix}` };
    partitions.push({ Values: [month], StorageDescriptor });
  }
  return partitions;
}

async function writeMarker(marker: string): Promise<void> {
  const aside = `${marker}.new`;
  const handle = await open(aside, 'w', 0o600);
  try {
    await handle.writeFile(`${new Date().toISOString()}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(aside, marker);
}
