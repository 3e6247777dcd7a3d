import type { Token } from '../../../shared/sql/lexer.ts';

/** Something in FROM that has columns. `name` is its dotted name; a CTE's or subquery's columns are known from the text. */
export interface Relation {
  alias: string;
  name: string[];
  columns?: string[];
}

const identifier = (token: Token | undefined): string | undefined =>
  token?.kind === 'word' ? token.text : token?.kind === 'quoted' ? token.value : undefined;

const isWord = (token: Token | undefined, ...words: string[]): boolean => token?.kind === 'word' && words.includes(token.value);
const isOp = (token: Token | undefined, op: string): boolean => token?.kind === 'op' && token.value === op;

/** Words that end a relation: what follows a table's name and is none of these is its alias. */
const notAlias = new Set([
  'WHERE', 'GROUP', 'ORDER', 'HAVING', 'LIMIT', 'OFFSET', 'FETCH', 'UNION', 'EXCEPT', 'INTERSECT', 'JOIN', 'LEFT', 'RIGHT', 'FULL',
  'INNER', 'CROSS', 'NATURAL', 'ON', 'USING', 'WINDOW', 'TABLESAMPLE', 'FOR', 'SET', 'VALUES', 'SELECT', 'WITH', 'WHEN', 'AS', 'UNNEST', 'MATCH_RECOGNIZE',
]);

/** Index after the parenthesis that closes the one at `open`. */
function afterParenthesis(tokens: Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    if (isOp(tokens[at], '(')) depth += 1;
    else if (isOp(tokens[at], ')') && --depth === 0) return at + 1;
  }
  return tokens.length;
}

/** The names a SELECT gives its columns: the alias, or the last part of a plain reference. Expressions without a name are left out. */
export function selectedColumns(tokens: Token[]): string[] {
  const start = tokens.findIndex((token) => isWord(token, 'SELECT'));
  if (start < 0) return [];
  const names: string[] = [];
  let depth = 0;
  let last: Token | undefined;
  let previous: Token | undefined;
  const finish = () => {
    const name = identifier(last);
    if (name && !isWord(last, 'END', 'NULL', 'TRUE', 'FALSE') && !isOp(previous, '(')) names.push(name);
    last = previous = undefined;
  };
  for (const token of tokens.slice(start + 1)) {
    if (isOp(token, '(')) depth += 1;
    if (isOp(token, ')') && --depth < 0) break;
    if (depth === 0 && isWord(token, 'FROM')) break;
    if (depth === 0 && isOp(token, ',')) finish();
    else {
      previous = last;
      last = token;
    }
  }
  finish();
  return names;
}

/** `WITH a AS (…), b (x, y) AS (…)`: the names later parts of the statement can read. */
export function commonTables(tokens: Token[]): Relation[] {
  const found: Relation[] = [];
  tokens.forEach((token, index) => {
    const name = identifier(token);
    if (!name || !(isWord(tokens[index - 1], 'WITH', 'RECURSIVE') || (isOp(tokens[index - 1], ',') && isOp(tokens[index - 2], ')')))) return;
    let at = index + 1;
    let columns: string[] | undefined;
    if (isOp(tokens[at], '(')) {
      const end = afterParenthesis(tokens, at);
      columns = tokens.slice(at + 1, end - 1).flatMap((column) => identifier(column) ?? []);
      at = end;
    }
    if (!isWord(tokens[at], 'AS') || !isOp(tokens[at + 1], '(')) return;
    found.push({ alias: name, name: [name], columns: columns ?? selectedColumns(tokens.slice(at + 2, afterParenthesis(tokens, at + 1) - 1)) });
  });
  return found;
}

/** Every relation the statement reads or writes, in order, with the alias its columns are reached by. */
export function relationsOf(tokens: Token[]): Relation[] {
  const found: Relation[] = [];
  const read = (from: number): void => {
    let at = from;
    const name: string[] = [];
    let columns: string[] | undefined;
    if (isWord(tokens[at], 'LATERAL')) at += 1;
    if (isOp(tokens[at], '(')) {
      const end = afterParenthesis(tokens, at);
      columns = selectedColumns(tokens.slice(at + 1, end - 1));
      at = end;
    } else if (isWord(tokens[at], 'UNNEST') && isOp(tokens[at + 1], '(')) {
      at = afterParenthesis(tokens, at + 1);
      if (isWord(tokens[at], 'WITH') && isWord(tokens[at + 1], 'ORDINALITY')) at += 2;
    } else {
      for (let part = identifier(tokens[at]); part !== undefined && !isWord(tokens[at], 'SELECT'); part = identifier(tokens[at])) {
        name.push(part);
        at += 1;
        if (!isOp(tokens[at], '.')) break;
        at += 1;
      }
    }
    if (isWord(tokens[at], 'AS')) at += 1;
    const next = tokens[at];
    const given = next && !(next.kind === 'word' && notAlias.has(next.value)) ? identifier(next) : undefined;
    if (given) {
      at += 1;
      if (isOp(tokens[at], '(')) {
        const end = afterParenthesis(tokens, at);
        columns = tokens.slice(at + 1, end - 1).flatMap((column) => identifier(column) ?? []);
        at = end;
      }
    }
    const alias = given ?? name.at(-1);
    if (alias) found.push({ alias, name, columns });
    if (isOp(tokens[at], ',')) read(at + 1);
  };
  tokens.forEach((token, index) => {
    // `extract(year FROM x)` and `trim(x FROM y)` are no FROM clause.
    if (isWord(token, 'FROM') && !insideCall(tokens, index)) read(index + 1);
    else if (isWord(token, 'JOIN', 'UPDATE', 'INTO')) read(index + 1);
  });
  return found;
}

function insideCall(tokens: Token[], index: number): boolean {
  let depth = 0;
  for (let at = index - 1; at >= 0; at -= 1) {
    if (isOp(tokens[at], ')')) depth += 1;
    else if (isOp(tokens[at], '(') && depth-- === 0) return isWord(tokens[at - 1], 'EXTRACT', 'TRIM', 'SUBSTRING', 'OVERLAY');
  }
  return false;
}
