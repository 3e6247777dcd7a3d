import type { TrinoType } from '../../../../shared/sql/hiveTypes.ts';
import { resolveType, typeName } from '../../../../shared/sql/query/typeNames.ts';
import { TokenStream } from '../../../../shared/sql/tokenStream.ts';

/** Reads a Trino type as `printTrinoType` prints it. */
export function parseTrinoType(text: string): TrinoType {
  const char = /^char\((\d+)\)$/.exec(text);
  if (char) return { kind: 'char', length: Number(char[1]) };
  if (text === 'unknown') return { kind: 'unknown' };
  return resolveType(typeName(new TokenStream(text, 'trino')));
}
