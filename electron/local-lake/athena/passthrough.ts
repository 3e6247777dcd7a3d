import { tokenize } from '../../../shared/sql/lexer.ts';
import type { TableRead, Translated, TranslateContext } from './sql/context.ts';

export async function translate(sql: string, context: TranslateContext): Promise<Translated> {
  const tokens = tokenize(sql, 'trino').filter((t) => t.kind !== 'end');
  const reads: TableRead[] = [];
  let out = '';
  let at = 0;
  for (let i = 0; i < tokens.length; i++) {
    const t = tokens[i]!;
    if (t.kind === 'op' && t.value === ';') { out += sql.slice(at, t.start); at = t.end; }
    if (t.kind !== 'word' || !['FROM', 'JOIN'].includes(t.value)) continue;
    const parts: string[] = [];
    let j = i + 1;
    while (tokens[j] && (tokens[j]!.kind === 'word' || tokens[j]!.kind === 'quoted')) {
      parts.push(tokens[j]!.kind === 'quoted' ? tokens[j]!.value : tokens[j]!.text);
      if (tokens[j + 1]?.value !== '.') break;
      j += 2;
    }
    if (parts.length === 0) continue;
    const table = parts.at(-1)!.toLowerCase();
    const database = (parts.at(-2) ?? context.database ?? 'default').toLowerCase();
    const found = await context.tables.table('awsdatacatalog', database, table);
    if (!found) continue;
    const relation = `__t${reads.length}`;
    reads.push({ catalog: 'awsdatacatalog', database, table, relation, columns: 'all', usesPath: sql.includes('$path') });
    out += `${sql.slice(at, tokens[i + 1]!.start)}${relation} AS ${table}`;
    at = tokens[j]!.end;
  }
  return { duckdb: out + sql.slice(at), columns: undefined as never, reads };
}
