import type { TrinoType } from '../../../../../shared/sql/hiveTypes.ts';
import { identifier, literal } from '../../format/literals.ts';
import { duckType } from '../../sql/types.ts';
import { readLines } from './lines.ts';
import type { ScanInput } from './scan.ts';

/**
 * Hive's LazySimpleSerDe: a row is a line, cut at every delimiter; quotes mean nothing; `\N` is NULL, and so is what is
 * missing at the end or is no value of the column's type. Arrays, maps and structs have delimiters of their own.
 * https://docs.aws.amazon.com/athena/latest/ug/lazy-simple-serde.html
 */
export function scanLazySimple(input: ScanInput): string {
  const { columns, allColumns, serde, filename } = input;
  const separators = separatorsOf(serde);
  const nullText = literal(serde['serialization.null.format'] ?? '\\N');
  const escape = serde['escape.delim'];
  const fields = escape ? splitEscaped('line', separators[0]!, escape) : `string_split(line, ${literal(separators[0]!)})`;
  const values = columns.map(({ name, type }) => {
    const field = `nullif(fields[${allColumns.findIndex((column) => column.name === name) + 1}], ${nullText})`;
    const text = escape && type.kind === 'varchar' ? unescape(field, escape) : field;
    return `${fromText(text, type, separators, 1, nullText)} AS ${identifier(name)}`;
  });
  if (filename) values.push('filename');
  if (values.length === 0) values.push('1 AS secchi_row');
  return `SELECT ${values.join(', ')} FROM (SELECT ${fields} AS fields${filename ? ', filename' : ''} FROM ${readLines(input)})`;
}

/** A delimiter may be given as its character or, in digits, as its code. */
const separator = (text: string | undefined, otherwise: string): string => {
  if (text === undefined || text === '') return otherwise;
  return /^\d{1,3}$/.test(text) ? String.fromCharCode(Number(text)) : text;
};

/** By depth: fields, items, map keys, then what Hive takes for deeper nesting. */
function separatorsOf(serde: Record<string, string>): string[] {
  const deeper = ['\u0004', '\u0005', '\u0006', '\u0007', '\u0008'];
  return [
    separator(serde['field.delim'] ?? serde['serialization.format'], '\u0001'),
    // Hive itself once wrote the name with this mistake in it; both are found in catalogs.
    separator(serde['collection.delim'] ?? serde['colelction.delim'], '\u0002'),
    separator(serde['mapkey.delim'], '\u0003'),
    ...deeper,
  ];
}

/** Fields with escaped delimiters inside: those are hidden before the cut and put back after it. */
function splitEscaped(line: string, delimiter: string, escape: string): string {
  const hidden = `replace(${line}, ${literal(escape + delimiter)}, chr(65533) || ${literal(escape)})`;
  return `list_transform(string_split(${hidden}, ${literal(delimiter)}), lambda f: replace(f, chr(65533) || ${literal(escape)}, ${literal(escape + delimiter)}))`;
}
function unescape(field: string, escape: string): string {
  const pattern = literal(`${escape.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')}(.)`);
  return `regexp_replace(${field}, ${pattern}, '\\1', 'g')`;
}

/** The value of a type written as text; NULL where it is none. */
function fromText(text: string, type: TrinoType, separators: string[], depth: number, nullText: string): string {
  switch (type.kind) {
    case 'varchar':
    case 'char':
      return type.length === undefined ? text : `substr(${text}, 1, ${type.length})`;
    case 'boolean':
      return `CASE lower(${text}) WHEN 'true' THEN true WHEN 'false' THEN false END`;
    case 'tinyint':
    case 'smallint':
    case 'integer':
    case 'bigint':
      return `CASE WHEN regexp_full_match(${text}, '[+-]?[0-9]+') THEN TRY_CAST(${text} AS ${duckType(type)}) END`;
    case 'varbinary':
      return `try(from_base64(${text}))`;
    case 'array': {
      const item = `i${depth}`;
      const items = `string_split(${text}, ${literal(separators[depth]!)})`;
      return `CASE WHEN ${text} = '' THEN [] ELSE list_transform(${items}, lambda ${item}: ${fromText(`nullif(${item}, ${nullText})`, type.element, separators, depth + 1, nullText)}) END`;
    }
    case 'map': {
      const item = `i${depth}`;
      const items = `list_filter(string_split(${text}, ${literal(separators[depth]!)}), lambda ${item}: ${item} <> '')`;
      const part = (n: number, of: TrinoType) => fromText(`nullif(split_part(${item}, ${literal(separators[depth + 1]!)}, ${n}), ${nullText})`, of, separators, depth + 2, nullText);
      return `map_from_entries(list_transform(${items}, lambda ${item}: {'k': ${part(1, type.key)}, 'v': ${part(2, type.value)}}))`;
    }
    case 'row': {
      const parts = type.fields.map((field, n) => {
        const part = `nullif(string_split(${text}, ${literal(separators[depth]!)})[${n + 1}], ${nullText})`;
        return `${literal(field.name ?? `field${n}`)}: ${fromText(part, field.type, separators, depth + 1, nullText)}`;
      });
      return `CASE WHEN ${text} IS NOT NULL THEN {${parts.join(', ')}} END`;
    }
    default:
      return `TRY_CAST(${text} AS ${duckType(type)})`;
  }
}
