import type { InferredTable } from '../../../../shared/contract/catalog.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { AwsConnections } from '../../../aws/types.ts';
import type { ParsedTable } from '../engine/protocol.ts';
import type { FilesEngine } from '../filesEngine.ts';
import { ObjectReader } from '../objectReader.ts';
import { sampleObject } from '../sample.ts';
import { mergeColumns } from './columns.ts';
import { createTableDdl } from './ddl.ts';
import { filesAt, type DataFile, type Files } from './location.ts';
import { tableName } from './names.ts';
import { partitionKeys } from './partitions.ts';

export interface InferInput {
  connectionId: string;
  bucket: string;
  prefix: string;
  database: string;
  table?: string | undefined;
}

const SAMPLES = 3;
const extension = (key: string): string => /\.([^./]+(?:\.gz)?)$/.exec(key)?.[1]?.toLowerCase() ?? '';

/** Columns, format and partitions of the table that the files at an object or prefix make, from a sample of them. */
export async function infer(aws: AwsConnections, engine: FilesEngine, input: InferInput, signal?: AbortSignal): Promise<InferredTable> {
  const { connectionId, bucket, database } = input;
  const files = await filesAt(aws, input, signal);
  const location = `s3://${bucket}/${files.location}`;
  const warnings: string[] = [];
  const samples: { uri: string; table: ParsedTable }[] = [];
  let bytesRead = 0;

  const chosen = choose(files);
  for (const file of chosen) {
    const at = { connectionId, bucket, key: file.key };
    const reader = new ObjectReader(aws, at);
    const parsed = await sampleObject(engine, reader, { rows: 1 }, signal);
    bytesRead += reader.bytesRead;
    if (parsed.kind === 'table' && parsed.format !== 'avro' && (samples.length === 0 || familyOf(parsed) === familyOf(samples[0]!.table))) samples.push({ uri: reader.resource, table: parsed });
    else if (file === chosen[0]) throw notATable(reader.resource, parsed.kind);
    else warnings.push(`${reader.resource} is of another kind; a table reads all files of its location.`);
  }
  const { table: first } = samples[0]!;
  const merged = mergeColumns(samples);
  const partitions = partitionKeys(files.location, files.chosen ? [files.chosen, ...files.found] : files.found);
  warnings.push(...merged.warnings, ...partitions.warnings, ...neighbours(files, samples, bucket), ...unreadable(first));

  const keyNames = new Set(partitions.keys.map((key) => key.name));
  const columns = merged.columns.filter((column) => !keyNames.has(column.name));
  if (columns.length < merged.columns.length) warnings.push('Columns with the name of a partition key are left out: Athena takes their values from the folders.');

  const suggestedName = input.table ?? tableName(nameFor(files, bucket));
  const format = familyOf(first);
  const encoding = first.encoding === 'UTF-8' ? undefined : first.encoding;
  const ddl = createTableDdl({ database, table: suggestedName, columns, partitionKeys: partitions.keys, location, format, dialect: first.dialect, encoding, mappings: merged.mappings });
  return { suggestedName, location, format, compression: first.compression, columns, partitionKeys: partitions.keys, ddl, sampledObjects: chosen.length, bytesRead, warnings: [...new Set(warnings)] };
}

const familyOf = ({ format }: ParsedTable): InferredTable['format'] => (format === 'jsonl' || format === 'avro' ? 'json' : format);

/** The file that was pointed at, or else the first; then some from the middle and the end. */
function choose({ chosen, found }: Files): DataFile[] {
  const others = [found[0], found[Math.floor(found.length / 2)], found.at(-1)].filter((file) => file !== undefined);
  const picked = new Map((chosen ? [chosen, ...others] : others).map((file) => [file.key, file]));
  return [...picked.values()].slice(0, SAMPLES);
}

const notATable = (resource: string, kind: string): AppError =>
  new AppError('BadInput', `${resource} does not look like rows.`, {
    detail: kind === 'text' ? 'It is text without columns. Tables can be made of CSV, TSV, JSON, JSON lines and Parquet.' : 'Tables can be made of CSV, TSV, JSON, JSON lines and Parquet, and gzip of text.',
    resource,
  });

/** What lies beside an object becomes part of its table. */
function neighbours({ chosen, found, location, more }: Files, samples: { uri: string; table: ParsedTable }[], bucket: string): string[] {
  if (!chosen) return [];
  const others = found.filter((file) => file.key !== chosen.key);
  if (others.length === 0) return [];
  const where = `s3://${bucket}/${location}`;
  const shape = ({ columns }: ParsedTable) => columns.map(({ name }) => name.toLowerCase()).join('\n');
  const differ = others.some((file) => extension(file.key) !== extension(chosen.key)) || samples.some(({ table }) => shape(table) !== shape(samples[0]!.table));
  const count = `${others.length}${more ? ' or more' : ''} other file${others.length === 1 && !more ? '' : 's'}`;
  return [
    differ
      ? `${where} holds ${count}, some of another shape. A table reads every file of its location: move this file to a prefix of its own.`
      : `The table also reads ${count} in ${where}.`,
  ];
}

function unreadable(first: ParsedTable): string[] {
  const warnings: string[] = [];
  if (first.notByLine) warnings.push('Athena reads one JSON object a line; this file is one JSON value. Convert it to JSON lines to query it.');
  if (first.encoding?.startsWith('UTF-16')) warnings.push('Athena does not read UTF-16. Convert the files to UTF-8.');
  else if (first.encoding === 'ISO-8859-1' && first.dialect?.quoted) warnings.push('The text is not UTF-8, and OpenCSVSerde reads only that: accented letters will be wrong. Convert the files to UTF-8.');
  return warnings;
}

/** What a person would call it: the file's name, or the last folder's. */
function nameFor({ chosen, location }: Files, bucket: string): string {
  const folder = location.split('/').filter(Boolean).at(-1);
  if (!chosen) return folder ?? bucket;
  const file = chosen.key.slice(chosen.key.lastIndexOf('/') + 1).replace(/\.(gz|gzip|snappy|zst)$/i, '').replace(/\.[^.]+$/, '');
  return /^part-|^\d+$|^[0-9a-f-]{32,}/i.test(file) && folder ? folder : file;
}
