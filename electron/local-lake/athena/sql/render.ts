import { timestampText } from './casts.ts';
import type { Translated } from './context.ts';
import { fieldName, literal } from './types.ts';
import { resolveType, typeName } from '../../../../shared/sql/query/typeNames.ts';
import { TokenStream } from '../../../../shared/sql/tokenStream.ts';
import type { TrinoType } from '../../../../shared/sql/hiveTypes.ts';
import { bind } from './bind.ts';
import { convert } from './casts.ts';

/**
 * The translated query with every column as the text that Athena writes to its result file (VARCHAR; NULL stays NULL):
 * `[1, 2]`, `{a=1, b=2}`, `1.0E10`, `2020-01-01 00:00:00.000`. Columns are named `c0`, `c1`, …
 */
export function renderAsText(translated: Translated): string {
  const list = translated.columns.map((column, i) => `${textOf(`q.c${i}`, typeOf(column.type))} AS c${i}`);
  return `SELECT ${list.join(', ')} FROM (${translated.duckdb}) AS q`;
}

/** The type that a printed Trino type means. */
export function typeOf(text: string): TrinoType {
  return text === 'unknown' || text.includes('unknown') ? unknownIn(text) : resolveType(typeName(new TokenStream(text, 'trino')));
}

function unknownIn(text: string): TrinoType {
  if (text === 'unknown') return { kind: 'unknown' };
  return resolveType(typeName(new TokenStream(text.replace(/\bunknown\b/g, 'integer'), 'trino')));
}

/** DuckDB's SQL for the text of a value of a Trino type. */
export function textOf(sql: string, type: TrinoType): string {
  switch (type.kind) {
    case 'varchar':
    case 'json':
      return sql;
    case 'boolean':
      return `CASE ${sql} WHEN true THEN 'true' WHEN false THEN 'false' END`;
    case 'double':
      return `trino_java_double(${sql})`;
    case 'real':
      return `trino_java_real(CAST(${sql} AS DOUBLE))`;
    case 'varbinary':
      return `lower(array_to_string(regexp_extract_all(hex(${sql}), '..'), ' '))`;
    case 'timestamp':
      return timestampText(sql, type.precision);
    case 'array':
      return `'[' || array_to_string(list_transform(${sql}, lambda e: coalesce(${textOf('e', type.element)}, 'null')), ', ') || ']'`;
    case 'map': {
      const entry = `coalesce(${textOf('e.key', type.key)}, 'null') || '=' || coalesce(${textOf('e.value', type.value)}, 'null')`;
      return `'{' || array_to_string(list_transform(map_entries(${sql}), lambda e: ${entry}), ', ') || '}'`;
    }
    case 'row':
      return bind([sql], ([r]) => {
        const fields = type.fields.map((f, i) => `${literal(`${fieldName(f.name, i)}=`)} || coalesce(${textOf(`struct_extract(${r}, ${literal(fieldName(f.name, i))})`, f.type)}, 'null')`);
        return `CASE WHEN ${r} IS NOT NULL THEN '{' || ${fields.join(` || ', ' || `)} || '}' END`;
      });
    case 'unknown':
      return `CAST(${sql} AS VARCHAR)`;
    default:
      return convert(sql, type, { kind: 'varchar' });
  }
}
