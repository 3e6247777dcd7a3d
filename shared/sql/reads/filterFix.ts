import { tokenize, type Token } from '../lexer.ts';

/** One insertion into a statement's text. */
export interface Insertion {
  /** Offset in UTF-16 units. */
  at: number;
  text: string;
}

const ENDS = new Set(['GROUP', 'HAVING', 'ORDER', 'LIMIT', 'OFFSET', 'FETCH', 'WINDOW', 'UNION', 'EXCEPT', 'INTERSECT']);

/** The word between a table's name and what follows, if it is an alias. */
function aliasAfter(tokens: Token[], last: number): Token | undefined {
  const next = tokens[last + 1];
  const candidate = next?.kind === 'word' && next.value === 'AS' ? tokens[last + 2] : next;
  const clause = new Set([...ENDS, 'WHERE', 'JOIN', 'LEFT', 'RIGHT', 'FULL', 'INNER', 'CROSS', 'NATURAL', 'ON', 'USING', 'TABLESAMPLE', 'FOR']);
  if (candidate?.kind === 'quoted') return candidate;
  return candidate?.kind === 'word' && !clause.has(candidate.value) ? candidate : undefined;
}

/**
 * What to insert so that the SELECT that reads a table also filters by one of its keys; undefined where its place cannot
 * be made out. `line` and `column` (one-based) are where the table's name starts.
 */
export function addFilter(sql: string, { line, column }: { line: number; column: number }, key: string, value: string): Insertion[] | undefined {
  const tokens = tokenize(sql, 'trino');
  const first = tokens.findIndex((token) => token.line === line && token.column === column);
  if (first < 0) return undefined;
  let last = first;
  while (tokens[last + 1]?.value === '.' && tokens[last + 2]) last += 2;
  const alias = aliasAfter(tokens, last)?.text ?? tokens[last]!.text;
  const quoted = /^[a-z_][a-z0-9_]*$/.test(key) ? key : `"${key.replaceAll('"', '""')}"`;
  const condition = `${alias}.${quoted} = '${value.replaceAll("'", "''")}'`;

  let depth = 0;
  let where: Token | undefined;
  for (let at = last + 1; at < tokens.length; at += 1) {
    const token = tokens[at]!;
    const op = token.kind === 'op' ? token.value : '';
    if (op === '(') depth += 1;
    const ends = token.kind === 'end' || op === ';' || (op === ')' && depth === 0) || (depth === 0 && token.kind === 'word' && ENDS.has(token.value));
    if (ends) {
      const end = tokens[at - 1]!.end;
      if (!where) return [{ at: end, text: `\nWHERE ${condition}` }];
      const start = where.end;
      return hasOr(tokens, where, at) ? [{ at: start, text: ` ${condition} AND (` }, { at: end, text: ')' }] : [{ at: start, text: ` ${condition} AND` }];
    }
    if (op === ')') depth -= 1;
    if (depth === 0 && token.kind === 'word' && token.value === 'WHERE') where = token;
  }
  return undefined;
}

/** Whether an OR stands in a WHERE outside of parentheses. */
function hasOr(tokens: Token[], where: Token, end: number): boolean {
  let depth = 0;
  return tokens.slice(tokens.indexOf(where), end).some((token) => {
    if (token.kind === 'op' && token.value === '(') depth += 1;
    if (token.kind === 'op' && token.value === ')') depth -= 1;
    return depth === 0 && token.kind === 'word' && token.value === 'OR';
  });
}
