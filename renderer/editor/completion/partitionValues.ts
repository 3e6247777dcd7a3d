import { findTable } from './catalogNames.ts';
import type { CompletionContext } from './context.ts';
import type { CompletionSource } from './provider.ts';

/** The column that a string being typed is compared with, and what of the string is there: `month = '2001`. */
export function valueBefore(before: string): { key: string; typed: string } | undefined {
  const found = /(?:"((?:[^"]|"")+)"|([\p{L}_][\p{L}\p{N}_]*))\s*(?:=|<>|!=|<=?|>=?|\bLIKE|\b(?:NOT\s+)?IN\s*\((?:\s*'(?:[^']|'')*'\s*,)*|\bBETWEEN(?:\s*'(?:[^']|'')*'\s*AND)?)\s*'((?:[^']|'')*)$/iu.exec(before);
  const key = found && (found[1]?.replaceAll('""', '"') ?? found[2]);
  return key ? { key, typed: found[3] ?? '' } : undefined;
}

/** Values of a partition key among the statement's tables, the greatest first; undefined while they are being read. */
export function partitionValues(key: string, { relations }: CompletionContext, source: CompletionSource): string[] | undefined {
  const names = source.names();
  for (const relation of relations) {
    const table = relation.columns ? undefined : findTable(names, relation.name, source.database());
    if (!table || (table.columns && !table.columns.some(({ name }) => name.toLowerCase() === key.toLowerCase()))) continue;
    return source.partitionValues({ database: table.database, table: table.name }, key);
  }
  return [];
}
