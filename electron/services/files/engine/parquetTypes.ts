import type { SchemaElement, SchemaTree } from 'hyparquet';

/**
 * The Athena (Hive) type of a Parquet column.
 * https://docs.aws.amazon.com/athena/latest/ug/data-types.html and the LIST/MAP rules of Parquet's LogicalTypes.md.
 */
export function athenaType(node: SchemaTree): string {
  const { element, children } = node;
  const repeated = element.repetition_type === 'REPEATED';
  const own = children.length > 0 ? groupType(node) : scalarType(element);
  return repeated ? `array<${own}>` : own;
}

function groupType({ element, children }: SchemaTree): string {
  const logical = element.logical_type?.type ?? element.converted_type;
  if (logical === 'LIST' && children.length === 1) return `array<${listElement(element, children[0]!)}>`;
  if ((logical === 'MAP' || logical === 'MAP_KEY_VALUE') && children[0]?.children.length === 2) {
    const [key, value] = children[0].children;
    return `map<${athenaType(key!)},${athenaType(value!)}>`;
  }
  return structOf(children);
}

const structOf = (children: SchemaTree[]): string => `struct<${children.map((child) => `${child.element.name.toLowerCase()}:${athenaType(child)}`).join(',')}>`;

/** Backward-compatible lists have no element group of their own. */
function listElement(list: SchemaElement, repeated: SchemaTree): string {
  const { children, element } = repeated;
  if (children.length === 0) return scalarType(element);
  if (children.length > 1 || element.name === 'array' || element.name === `${list.name}_tuple`) return structOf(children);
  return athenaType(children[0]!);
}

function scalarType(element: SchemaElement): string {
  const { type, converted_type: converted, logical_type: logical } = element;
  if (converted === 'DECIMAL' || logical?.type === 'DECIMAL') {
    const precision = element.precision ?? (logical as { precision?: number } | undefined)?.precision ?? 38;
    const scale = element.scale ?? (logical as { scale?: number } | undefined)?.scale ?? 0;
    return `decimal(${precision},${scale})`;
  }
  if (converted === 'DATE' || logical?.type === 'DATE') return 'date';
  if (converted === 'TIMESTAMP_MILLIS' || converted === 'TIMESTAMP_MICROS' || logical?.type === 'TIMESTAMP') return 'timestamp';
  switch (type) {
    case 'BOOLEAN':
      return 'boolean';
    case 'INT32':
      return { INT_8: 'tinyint', INT_16: 'smallint', UINT_8: 'smallint', UINT_32: 'bigint' }[converted as string] ?? 'int';
    case 'INT64':
      return 'bigint';
    case 'INT96':
      return 'timestamp';
    case 'FLOAT':
      return 'float';
    case 'DOUBLE':
      return 'double';
    default:
      return ['UTF8', 'ENUM', 'JSON'].includes(converted as string) || ['STRING', 'ENUM', 'JSON'].includes(logical?.type as string) ? 'string' : 'binary';
  }
}
