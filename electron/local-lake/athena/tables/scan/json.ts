import type { TrinoType } from '../../../../../shared/sql/hiveTypes.ts';
import type { JsonKeys } from '../../engine/protocol.ts';
import { identifier, literal } from '../../format/literals.ts';
import { duckType } from '../../sql/types.ts';
import type { ScanInput } from './scan.ts';

export const jsonCompression = (compression: ScanInput['compression']): string => (compression === 'none' ? 'uncompressed' : compression);

/**
 * One JSON object a line. Keys match columns whatever their case; a key may be mapped (`mapping.column`); with
 * `ignore.malformed.json` a line that is no JSON is a row of NULLs.
 * https://docs.aws.amazon.com/athena/latest/ug/openx-json-serde.html
 */
export function scanJson({ files, columns, serde, compression, filename, jsonKeys = {} }: ScanInput): string {
  const options = [
    `format = 'newline_delimited'`,
    `compression = ${literal(jsonCompression(compression))}`,
    `ignore_errors = ${/^true$/i.test(serde['ignore.malformed.json'] ?? '')}`,
    `hive_partitioning = false`,
    ...(filename ? ['filename = true'] : []),
  ];
  const list = `[${files.map(literal).join(', ')}]`;
  const read = columns.map(({ name, type }) => ({ name, type, keys: matching(serde[`mapping.${name}`] ?? name, jsonKeys) }));
  const rest = [...(filename ? ['filename'] : [])];
  const distinct = new Set(read.map(({ keys }) => keys[0]!.toLowerCase())).size === read.length;

  if (distinct && read.every(({ keys }) => keys.length === 1)) {
    const asWritten = read.map(({ keys, type }) => `${literal(keys[0]!)}: ${literal(typeAsWritten(type, jsonKeys[keys[0]!] ?? {}))}`);
    const values = read.map(({ name, type, keys }) => `CAST(${identifier(keys[0]!)} AS ${duckType(type)}) AS ${identifier(name)}`);
    const shape = asWritten.length === 0 ? `'secchi_none': 'VARCHAR'` : asWritten.join(', ');
    return `SELECT ${[...values, ...rest].join(', ') || '1 AS secchi_row'} FROM read_json(${list}, columns = {${shape}}, ${options.join(', ')})`;
  }
  // A key written in several ways: from the object's text, whichever is there.
  const values = read.map(({ name, type, keys }) => {
    const found = keys.map((key) => `json_extract(json, ${literal(`$."${key.replaceAll('"', '\\"')}"`)})`);
    const json = found.length === 1 ? found[0]! : `coalesce(${found.join(', ')})`;
    const inner = Object.assign({}, ...keys.map((key) => jsonKeys[key] ?? {})) as JsonKeys;
    const value = type.kind === 'varchar' ? `json_extract_string(${json}, '$')` : `json_transform_strict(${json}, ${literal(JSON.stringify(typeAsWritten(type, inner)))})`;
    return `CAST(${value} AS ${duckType(type)}) AS ${identifier(name)}`;
  });
  return `SELECT ${[...values, ...rest].join(', ')} FROM read_json_objects(${list}, ${options.join(', ')})`;
}

/** The keys that are this one but for their case; the name itself where none is known. */
function matching(name: string, keys: JsonKeys): string[] {
  const found = Object.keys(keys).filter((key) => key.toLowerCase() === name.toLowerCase());
  return found.length === 0 ? [name] : found;
}

/** A DuckDB type whose struct fields are named as the keys are written. */
function typeAsWritten(type: TrinoType, keys: JsonKeys): string {
  switch (type.kind) {
    case 'array':
      return `${typeAsWritten(type.element, keys)}[]`;
    case 'map':
      return `MAP(${duckType(type.key)}, ${typeAsWritten(type.value, {})})`;
    case 'row': {
      const fields = type.fields.map((field, i) => {
        const [key = ''] = matching(field.name ?? `field${i}`, keys);
        return `${identifier(key)} ${typeAsWritten(field.type, keys[key] ?? {})}`;
      });
      return `STRUCT(${fields.join(', ')})`;
    }
    default:
      return duckType(type);
  }
}
