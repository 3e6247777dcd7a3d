import { SqlError } from './errors.ts';

/** A Trino type. Field names of a row are lower case; an anonymous field has no name. */
export type TrinoType =
  | { kind: 'boolean' | 'tinyint' | 'smallint' | 'integer' | 'bigint' | 'real' | 'double' }
  | { kind: 'varbinary' | 'date' | 'json' | 'uuid' | 'unknown' | 'interval day to second' | 'interval year to month' }
  | { kind: 'decimal'; precision: number; scale: number }
  | { kind: 'varchar'; length?: number }
  | { kind: 'char'; length: number }
  | { kind: 'time' | 'timestamp' | 'timestamp with time zone'; precision: number }
  | { kind: 'array'; element: TrinoType }
  | { kind: 'map'; key: TrinoType; value: TrinoType }
  | { kind: 'row'; fields: { name?: string; type: TrinoType }[] };

const simpleHive: Record<string, TrinoType> = {
  boolean: { kind: 'boolean' },
  tinyint: { kind: 'tinyint' },
  smallint: { kind: 'smallint' },
  int: { kind: 'integer' },
  integer: { kind: 'integer' },
  bigint: { kind: 'bigint' },
  float: { kind: 'real' },
  real: { kind: 'real' },
  double: { kind: 'double' },
  string: { kind: 'varchar' },
  binary: { kind: 'varbinary' },
  date: { kind: 'date' },
  timestamp: { kind: 'timestamp', precision: 3 },
};

/**
 * Reads a Hive type as Glue stores it (`struct<a:int,b:array<string>>`) into its Trino type, as Athena maps it.
 * Throws SqlError NOT_SUPPORTED for a type Athena cannot read, SYNTAX_ERROR for text that is no type.
 */
export function parseHiveType(text: string): TrinoType {
  const reader = { text, at: 0 };
  const type = readHive(reader);
  skipSpace(reader);
  if (reader.at < text.length) throw new SqlError('SYNTAX_ERROR', `Invalid type '${text}': unexpected '${text.slice(reader.at)}'`);
  return type;
}

interface Reader {
  text: string;
  at: number;
}

function skipSpace(reader: Reader): void {
  while (/\s/.test(reader.text[reader.at] ?? '')) reader.at++;
}

function expect(reader: Reader, ch: string): void {
  skipSpace(reader);
  if (reader.text[reader.at] !== ch) throw new SqlError('SYNTAX_ERROR', `Invalid type '${reader.text}': '${ch}' expected at position ${reader.at + 1}`);
  reader.at++;
}

function accept(reader: Reader, ch: string): boolean {
  skipSpace(reader);
  if (reader.text[reader.at] !== ch) return false;
  reader.at++;
  return true;
}

function word(reader: Reader, pattern: RegExp): string {
  skipSpace(reader);
  const found = new RegExp(pattern.source, 'uy');
  found.lastIndex = reader.at;
  const match = found.exec(reader.text);
  if (!match) throw new SqlError('SYNTAX_ERROR', `Invalid type '${reader.text}': a type or name expected at position ${reader.at + 1}`);
  reader.at += match[0].length;
  return match[0];
}

function readHive(reader: Reader): TrinoType {
  const name = word(reader, /[A-Za-z_][A-Za-z0-9_]*/).toLowerCase();
  if (name === 'array' || name === 'map' || name === 'struct') {
    expect(reader, '<');
    const type = readNested(reader, name);
    expect(reader, '>');
    return type;
  }
  if (name === 'decimal' || name === 'numeric') {
    const [precision = 10, scale = 0] = readNumbers(reader);
    if (precision < 1 || precision > 38 || scale > precision) throw new SqlError('TYPE_NOT_FOUND', `Invalid type '${reader.text}': decimal needs 1 <= precision <= 38 and scale <= precision`);
    return { kind: 'decimal', precision, scale };
  }
  if (name === 'varchar' || name === 'char') {
    const [length] = readNumbers(reader);
    if (name === 'varchar') return length === undefined ? { kind: 'varchar' } : { kind: 'varchar', length };
    return { kind: 'char', length: length ?? 1 };
  }
  const simple = simpleHive[name];
  if (!simple) throw new SqlError(name === 'uniontype' || name === 'interval' ? 'NOT_SUPPORTED' : 'TYPE_NOT_FOUND', `Unknown type: ${name}`);
  return simple;
}

function readNested(reader: Reader, name: 'array' | 'map' | 'struct'): TrinoType {
  if (name === 'array') return { kind: 'array', element: readHive(reader) };
  if (name === 'map') {
    const key = readHive(reader);
    expect(reader, ',');
    return { kind: 'map', key, value: readHive(reader) };
  }
  const fields: { name: string; type: TrinoType }[] = [];
  do {
    const quoted = accept(reader, '`');
    const field = word(reader, quoted ? /[^`]+/ : /[^\s:,<>]+/).toLowerCase();
    if (quoted) expect(reader, '`');
    expect(reader, ':');
    fields.push({ name: field, type: readHive(reader) });
    skipComment(reader);
  } while (accept(reader, ','));
  return { kind: 'row', fields };
}

function skipComment(reader: Reader): void {
  skipSpace(reader);
  const comment = /^comment\s+(?:'[^']*'|"[^"]*")/i.exec(reader.text.slice(reader.at));
  if (comment) reader.at += comment[0].length;
}

function readNumbers(reader: Reader): number[] {
  if (!accept(reader, '(')) return [];
  const numbers = [Number(word(reader, /\d+/))];
  while (accept(reader, ',')) numbers.push(Number(word(reader, /\d+/)));
  expect(reader, ')');
  return numbers;
}

/** Prints a Trino type as Trino does, e.g. `row(a integer, b array(varchar))`, `timestamp(3)`. */
export function printTrinoType(type: TrinoType): string {
  switch (type.kind) {
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'varchar':
      return type.length === undefined ? 'varchar' : `varchar(${type.length})`;
    case 'char':
      return `char(${type.length})`;
    case 'time':
    case 'timestamp':
      return `${type.kind}(${type.precision})`;
    case 'timestamp with time zone':
      return `timestamp(${type.precision}) with time zone`;
    case 'array':
      return `array(${printTrinoType(type.element)})`;
    case 'map':
      return `map(${printTrinoType(type.key)}, ${printTrinoType(type.value)})`;
    case 'row':
      return `row(${type.fields.map((f) => (f.name === undefined ? '' : `${printName(f.name)} `) + printTrinoType(f.type)).join(', ')})`;
    default:
      return type.kind;
  }
}

function printName(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/**
 * Prints the Hive type that Athena's CTAS gives a column of this Trino type.
 * Throws SqlError NOT_SUPPORTED where Hive tables have none (json, time, timestamp with time zone, intervals, …).
 */
export function printHiveType(type: TrinoType): string {
  switch (type.kind) {
    case 'integer':
      return 'int';
    case 'real':
      return 'float';
    case 'varbinary':
      return 'binary';
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'varchar':
      return type.length === undefined ? 'string' : `varchar(${type.length})`;
    case 'char':
      return `char(${type.length})`;
    case 'timestamp':
      return 'timestamp';
    case 'array':
      return `array<${printHiveType(type.element)}>`;
    case 'map':
      return `map<${printHiveType(type.key)},${printHiveType(type.value)}>`;
    case 'row':
      return `struct<${type.fields.map((f, i) => `${f.name ?? `field${i}`}:${printHiveType(f.type)}`).join(',')}>`;
    case 'boolean':
    case 'tinyint':
    case 'smallint':
    case 'bigint':
    case 'double':
    case 'date':
      return type.kind;
    default:
      throw new SqlError('NOT_SUPPORTED', `Unsupported Hive type: ${printTrinoType(type)}`);
  }
}
