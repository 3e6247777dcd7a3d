import avro, { type Schema, type Type } from 'avsc';
import { bytesText, dayText, momentText, unscaledText } from './parquetCells.ts';

/** What one needs of avsc's types beyond its published typing. */
export type KnownType = Type & { types?: Type[]; itemsType?: Type; valuesType?: Type; fields?: { name: string; type: Type }[]; athena?: string };

interface Written {
  type?: unknown;
  logicalType?: string;
  precision?: number;
  scale?: number;
}

/** 64-bit integers as BigInt: a number would lose digits beyond 2^53. */
const exactLong = avro.types.LongType.__with({
  fromBuffer: (bytes: Buffer) => bytes.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(value);
    return bytes;
  },
  fromJSON: BigInt,
  toJSON: String,
  isValid: (value: unknown) => typeof value === 'bigint',
  compare: (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0),
} as never);

/** A logical type whose values are read as the text to show. https://avro.apache.org/docs/1.12.0/specification/#logical-types */
class TextOf extends avro.types.LogicalType {
  athena = 'string';
  private readonly text: (value: never) => string;

  constructor(schema: Schema, opts: unknown, written?: Written) {
    super(schema as never, opts as never);
    const { logicalType, precision = 38, scale = 0 } = written ?? (schema as Written);
    const digits = { millis: 3, micros: 6, nanos: 9 }[/timestamp-(\w+)$/.exec(logicalType ?? '')?.[1] ?? ''];
    if (logicalType === 'decimal') {
      this.athena = `decimal(${precision},${scale})`;
      this.text = (bytes: Uint8Array) => unscaledText(bytes, scale);
    } else if (logicalType === 'date') {
      this.athena = 'date';
      this.text = dayText;
    } else if (digits) {
      this.athena = 'timestamp';
      this.text = (value: bigint) => momentText(BigInt(value), digits);
    } else this.text = String;
  }

  override _fromValue(value: unknown): string {
    return this.text(value as never);
  }
  override _toValue(value: unknown): unknown {
    return value;
  }
}

const MOMENTS = /^(local-)?timestamp-(millis|micros|nanos)$/;

/** The type of a schema as it stands in a file. Throws where it is no Avro schema. */
export function compileSchema(schema: string): Type {
  const longs = (written: Written, opts: unknown): Type | undefined => {
    if (typeof written !== 'object' || written === null || written.type !== 'long') return undefined;
    return MOMENTS.test(written.logicalType ?? '') ? new TextOf(exactLong as unknown as Schema, opts, written) : exactLong;
  };
  return avro.Type.forSchema(JSON.parse(schema) as Schema, {
    registry: { long: exactLong },
    logicalTypes: { decimal: TextOf, date: TextOf } as never,
    typeHook: longs as never,
    // Two branches may be told apart by nothing else.
    wrapUnions: true,
  });
}

const DEEPEST = 20;

/** The Athena (Hive) type of an Avro type. https://docs.aws.amazon.com/athena/latest/ug/avro-serde.html */
export function avroType(type: Type, depth = 0): string {
  const known = type as KnownType;
  const { typeName } = type;
  if (depth > DEEPEST) return 'string';
  if (known.athena !== undefined) return known.athena;
  if (typeName.startsWith('union')) {
    const branches = known.types!.filter((branch) => branch.typeName !== 'null');
    return branches.length === 1 ? avroType(branches[0]!, depth + 1) : 'string';
  }
  if (typeName === 'record') return `struct<${known.fields!.map((field) => `${field.name.toLowerCase()}:${avroType(field.type, depth + 1)}`).join(',')}>`;
  if (typeName === 'array') return `array<${avroType(known.itemsType!, depth + 1)}>`;
  if (typeName === 'map') return `map<string,${avroType(known.valuesType!, depth + 1)}>`;
  return { int: 'int', 'abstract:long': 'bigint', float: 'float', double: 'double', boolean: 'boolean', bytes: 'binary', fixed: 'binary' }[typeName as string] ?? 'string';
}

/** A value as JSON can say it: unions without their wrapping, bytes as text. */
export function plainValue(value: unknown, type: Type, depth = 0): unknown {
  if (value === null || value === undefined) return null;
  if (depth > 200) throw new Error('Rows are nested too deep.');
  const known = type as KnownType;
  if (type.typeName.startsWith('union')) {
    const [branch, inner] = Object.entries(value as Record<string, unknown>)[0] ?? [];
    const of = known.types!.find((one) => one.branchName === branch);
    return of ? plainValue(inner, of, depth + 1) : null;
  }
  switch (type.typeName as string) {
    case 'record':
      return Object.fromEntries(known.fields!.map((field) => [field.name, plainValue((value as Record<string, unknown>)[field.name], field.type, depth + 1)]));
    case 'array':
      return (value as unknown[]).map((item) => plainValue(item, known.itemsType!, depth + 1));
    case 'map':
      return Object.fromEntries(Object.entries(value as Record<string, unknown>).map(([key, item]) => [key, plainValue(item, known.valuesType!, depth + 1)]));
    default:
      return value instanceof Uint8Array ? bytesText(value) : value;
  }
}
