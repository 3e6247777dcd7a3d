import type { GlueTable } from '../../glue/index.ts';
import type { JsonKeys } from '../engine/protocol.ts';
import type { StatementRun } from '../statements/outcome.ts';
import { tableFormat } from './format.ts';
import { compressionOf, type FileGroup } from './relation.ts';
import { jsonCompression } from './scan/json.ts';

/** Above this many bytes the keys are taken from the first objects only. */
const WHOLE_BYTES = 32 * 2 ** 20;
const SAMPLE = 50_000;

/** The keys of a JSON table's objects; undefined for other formats. */
export async function keysOfJson(run: StatementRun, table: GlueTable, groups: FileGroup[]): Promise<JsonKeys | undefined> {
  const json = groups.filter(({ descriptor }) => tableFormat(table, descriptor ?? table.StorageDescriptor) === 'json');
  const files = json.flatMap((group) => group.files);
  if (files.length === 0) return undefined;
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const all: JsonKeys = {};
  for (const compression of new Set(files.map(({ key }) => compressionOf(key)))) {
    const alike = files.filter(({ key }) => compressionOf(key) === compression).map(({ path }) => path);
    mergeKeys(all, await run.context.engine.jsonKeys({ files: alike, compression: jsonCompression(compression), ...(total > WHOLE_BYTES ? { sample: SAMPLE } : {}) }, run.signal));
  }
  return all;
}

function mergeKeys(into: JsonKeys, more: JsonKeys): void {
  for (const [key, inner] of Object.entries(more)) {
    const there = into[key];
    if (there && inner) mergeKeys(there, inner);
    else into[key] = inner ?? there ?? null;
  }
}
