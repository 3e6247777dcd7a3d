import { SqlError } from '../errors.ts';
import type { TrinoType } from '../hiveTypes.ts';
import type { TokenStream } from '../tokenStream.ts';
import type { TypeName } from './ast.ts';

/** Reads a type as CAST takes it, e.g. `decimal(10, 2)`, `row(a integer, b array(varchar))`, `timestamp(3) with time zone`. */
export function typeName(s: TokenStream): TypeName {
  const token = s.peek();
  if (token.kind !== 'word') {
    s.note('<type>');
    s.fail();
  }
  s.next();
  const type: TypeName = { name: token.value.toLowerCase(), numbers: [], arguments: [], fields: [], line: token.line, column: token.column };
  if (type.name === 'double') s.take('PRECISION');
  if (type.name === 'interval') {
    const unit = s.next().value.toLowerCase();
    s.expect('TO');
    type.name = `interval ${unit} to ${s.next().value.toLowerCase()}`;
    return type;
  }
  const close = s.take('(') ? ')' : s.take('<') ? '>' : undefined;
  if (close) {
    do {
      if (s.peek().kind === 'integer') type.numbers.push(s.integer());
      else if (type.name === 'row') type.fields.push(rowField(s));
      else type.arguments.push(typeName(s));
    } while (s.take(','));
    s.expect(close);
  }
  if (type.name === 'timestamp' || type.name === 'time') {
    if (s.take('WITH', 'TIME', 'ZONE')) type.name += ' with time zone';
    else if (s.is('WITHOUT', 'TIME', 'ZONE')) s.expect('WITHOUT', 'TIME', 'ZONE');
  }
  while (s.is('ARRAY')) {
    s.next();
    const inner = { ...type };
    Object.assign(type, { name: 'array', numbers: [], arguments: [inner], fields: [] });
  }
  return type;
}

function rowField(s: TokenStream): TypeName['fields'][number] {
  const first = s.peek();
  const second = s.peek(1);
  // `row(bigint)` has a type alone, `row(x bigint)` a name before it.
  const named = first.kind === 'quoted' || (second.kind === 'word' && !['PRECISION', 'WITH', 'WITHOUT'].includes(second.value) && !(first.value === 'INTERVAL'));
  if (!named) return { type: typeName(s) };
  s.next();
  const name = (first.kind === 'quoted' ? first.value : first.text).toLowerCase();
  return { name, type: typeName(s) };
}

const simple: Record<string, TrinoType['kind']> = {
  boolean: 'boolean', tinyint: 'tinyint', smallint: 'smallint', integer: 'integer', int: 'integer', bigint: 'bigint', real: 'real', double: 'double',
  varbinary: 'varbinary', date: 'date', json: 'json', uuid: 'uuid', 'interval day to second': 'interval day to second', 'interval year to month': 'interval year to month',
};

/** The type a type name means. Throws SqlError TYPE_NOT_FOUND, or NOT_SUPPORTED for Trino types the local engine does not have. */
export function resolveType(type: TypeName): TrinoType {
  const kind = simple[type.name];
  if (kind) return { kind } as TrinoType;
  const [first, second] = type.numbers;
  switch (type.name) {
    case 'varchar':
      return first === undefined ? { kind: 'varchar' } : { kind: 'varchar', length: first };
    case 'decimal':
    case 'numeric': {
      const precision = first ?? 38;
      const scale = second ?? 0;
      if (precision < 1 || precision > 38 || scale > precision) throw new SqlError('TYPE_NOT_FOUND', `DECIMAL precision must be in range [1, 38] and scale in range [0, precision]: decimal(${precision},${scale})`, type);
      return { kind: 'decimal', precision, scale };
    }
    case 'time':
    case 'timestamp':
    case 'timestamp with time zone': {
      const precision = first ?? 3;
      if (precision > 6) throw new SqlError('NOT_SUPPORTED', `${type.name}(${precision}) is not supported: at most 6 digits of a second`, type);
      return { kind: type.name, precision };
    }
    case 'array':
      if (type.arguments.length === 1) return { kind: 'array', element: resolveType(type.arguments[0]!) };
      break;
    case 'map':
      if (type.arguments.length === 2) return { kind: 'map', key: resolveType(type.arguments[0]!), value: resolveType(type.arguments[1]!) };
      break;
    case 'row':
      if (type.fields.length > 0) return { kind: 'row', fields: type.fields.map((f) => ({ ...(f.name === undefined ? {} : { name: f.name }), type: resolveType(f.type) })) };
      break;
    case 'char':
    case 'ipaddress':
    case 'hyperloglog':
    case 'time with time zone':
      throw new SqlError('NOT_SUPPORTED', `Type ${type.name} is not supported`, type);
  }
  throw new SqlError('TYPE_NOT_FOUND', `Unknown type: ${type.name}`, type);
}
