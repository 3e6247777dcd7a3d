import { tokenize } from '../../shared/sql/lexer.ts';
import { splitStatements } from '../../shared/sql/statements.ts';
import type { Dialect } from './dialects.ts';

/** What a statement says, whatever its layout: its tokens, and the comments between them. */
function meaning(sql: string): string {
  const said: string[] = [];
  let end = 0;
  for (const token of tokenize(sql, 'trino')) {
    const between = sql.slice(end, token.start).replace(/\s+/g, '');
    if (between) said.push(between);
    said.push(`${token.kind} ${token.value}`);
    end = token.end;
  }
  return said.join('\n');
}

/** A text with its statements laid out anew; one that would come out with another meaning stays as it is and is counted. */
export async function formatSql(text: string, dialect: Dialect = 'athena'): Promise<{ text: string; left: number }> {
  const { format } = await import('sql-formatter');
  let left = 0;
  let formatted = text;
  for (const { text: sql, start, end } of splitStatements(text).toReversed()) {
    try {
      const next = format(sql, { language: dialect === 'athena' ? 'trino' : dialect, keywordCase: 'upper', tabWidth: 2, linesBetweenQueries: 1, paramTypes: { positional: true, named: [':'] } });
      if (meaning(next) !== meaning(sql)) left += 1;
      else formatted = formatted.slice(0, start) + next + formatted.slice(end);
    } catch {
      left += 1; // what its grammar does not know
    }
  }
  return { text: formatted, left };
}
