import type { TrinoType } from '../../../../shared/sql/hiveTypes.ts';
import { textOf } from '../sql/render.ts';

/**
 * A DuckDB expression for the text Athena gives a value of this type, in CSV results and GetQueryResults alike: `[a, b]`
 * for arrays, `{k=v}` for maps and rows, hexadecimal pairs for varbinary. NULL stays NULL at the top, `null` inside.
 * What results have most of is done by DuckDB itself, which writes millions of rows a second; the rest by textOf.
 */
export function valueText(type: TrinoType, value: string, depth = 0): string {
  switch (type.kind) {
    case 'varchar':
      return value;
    case 'double':
      return `secchi_double(${value})`;
    case 'real':
      return `secchi_real(${value})`;
    case 'timestamp':
      return timestampText(value, type.precision);
    case 'varbinary':
      return `rtrim(regexp_replace(lower(hex(${value})), '(..)', '\\1 ', 'g'))`;
    case 'array':
      return bracketed('[', value, `list_transform(${value}, lambda e${depth}: ${inner(type.element, `e${depth}`, depth)})`, ']');
    case 'map': {
      const entry = `e${depth}`;
      const text = `${inner(type.key, `${entry}.key`, depth)} || '=' || ${inner(type.value, `${entry}.value`, depth)}`;
      return bracketed('{', value, `list_transform(map_entries(${value}), lambda ${entry}: ${text})`, '}');
    }
    case 'row': {
      const fields = type.fields.map((field, i) => {
        const name = `${field.name ?? `field${i}`}=`.replaceAll("'", "''");
        return `'${i === 0 ? '' : ', '}${name}' || ${inner(field.type, `struct_extract_at(${value}, ${i + 1})`, depth)}`;
      });
      return `(CASE WHEN ${value} IS NULL THEN NULL ELSE '{' || ${fields.join(' || ')} || '}' END)`;
    }
    default:
      return textOf(value, type);
  }
}

const inner = (type: TrinoType, value: string, depth: number) => `coalesce(${valueText(type, value, depth + 1)}, 'null')`;

const bracketed = (open: string, value: string, list: string, close: string) =>
  `(CASE WHEN ${value} IS NULL THEN NULL ELSE '${open}' || array_to_string(${list}, ', ') || '${close}' END)`;

/** Trino keeps the digits its type has; DuckDB's TIMESTAMP has six. */
function fraction(precision: number): string {
  if (precision === 0) return '';
  return precision <= 3 ? '.%g' : precision <= 6 ? '.%f' : '.%n';
}
const timestampText = (value: string, precision: number) => `strftime(${value}, '%Y-%m-%d %H:%M:%S${fraction(precision)}')`;
