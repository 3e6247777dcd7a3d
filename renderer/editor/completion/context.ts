import { tokenize, type Token } from '../../../shared/sql/lexer.ts';
import { commonTables, relationsOf, type Relation } from './relations.ts';

/** What the cursor's place in a statement asks for. */
export type Expected =
  /** After `qualifier.`: columns of an alias, tables of a database … */
  | { kind: 'member'; qualifier: string[] }
  /** After FROM, JOIN, INTO …: tables, databases and common tables. */
  | { kind: 'relation' }
  /** After SHOW TABLES IN, USE, CREATE SCHEMA …: databases. */
  | { kind: 'database' }
  /** Anywhere else: columns in scope, functions, keywords. */
  | { kind: 'expression'; startsStatement: boolean };

export interface CompletionContext {
  expected: Expected;
  relations: Relation[];
  commonTables: Relation[];
  /** Inside a comment or a string nothing is offered. */
  silent: boolean;
}

const beforeRelation = new Set(['FROM', 'JOIN', 'INTO', 'UPDATE', 'TABLE', 'DESCRIBE', 'DESC', 'EXISTS', 'VIEW', 'OPTIMIZE', 'VACUUM', 'PARTITIONS', 'ANALYZE']);
const beforeDatabase = new Set(['SCHEMA', 'DATABASE', 'USE']);

const name = (token: Token | undefined): string | undefined => (token?.kind === 'word' ? token.text : token?.kind === 'quoted' ? token.value : undefined);

/** The dotted names right before `tokens.at(-1)`, which is a dot. */
function qualifierBefore(tokens: Token[]): string[] {
  const parts: string[] = [];
  for (let at = tokens.length - 1; at > 0 && tokens[at]?.kind === 'op' && tokens[at]?.value === '.'; at -= 2) {
    const part = name(tokens[at - 1]);
    if (part === undefined) break;
    parts.unshift(part);
  }
  return parts;
}

/** True where the last clause before the cursor is FROM and only a comma has followed a relation. */
function afterCommaInFrom(before: Token[]): boolean {
  let depth = 0;
  for (let at = before.length - 2; at >= 0; at -= 1) {
    const token = before[at] as Token;
    if (token.kind === 'op' && token.value === ')') depth += 1;
    else if (token.kind === 'op' && token.value === '(') {
      if (depth === 0) return false;
      depth -= 1;
    } else if (depth === 0 && token.kind === 'word') {
      if (token.value === 'FROM') return true;
      if (['SELECT', 'WHERE', 'ON', 'BY', 'HAVING', 'VALUES', 'SET', 'USING'].includes(token.value)) return false;
    }
  }
  return false;
}

function expectedAfter(before: Token[]): Expected {
  const last = before.at(-1);
  if (!last) return { kind: 'expression', startsStatement: true };
  if (last.kind === 'op' && last.value === '.') return { kind: 'member', qualifier: qualifierBefore(before) };
  if (last.kind === 'word') {
    if (beforeRelation.has(last.value)) return { kind: 'relation' };
    if (beforeDatabase.has(last.value)) return { kind: 'database' };
    const shows = before[0]?.kind === 'word' && before[0].value === 'SHOW';
    if (shows && (last.value === 'IN' || last.value === 'FROM')) return before.some(({ value }) => value === 'COLUMNS') ? { kind: 'relation' } : { kind: 'database' };
  }
  if (last.kind === 'op' && last.value === ',' && afterCommaInFrom(before)) return { kind: 'relation' };
  return { kind: 'expression', startsStatement: false };
}

/** Reads a statement around `offset` (in the statement's own text): what may stand there, and what columns are in scope. */
export function completionContext(statement: string, offset: number): CompletionContext {
  // The word being typed is what gets completed, so what counts stands before it.
  const wordStart = offset - (/[\p{L}\p{N}_$]*$/u.exec(statement.slice(0, offset))?.[0].length ?? 0);
  const before = tokenize(statement.slice(0, wordStart), 'trino');
  const unfinished = before.some(({ kind, value }) => kind === 'error' && value.startsWith('unterminated') && value !== 'unterminated name');
  const inLineComment = /--[^\n]*$/.test(statement.slice(0, offset)) && before.at(-1)?.kind === 'end' && commentAt(statement, before, offset);
  const tokens = tokenize(statement, 'trino').slice(0, -1);
  return {
    expected: expectedAfter(before.slice(0, -1)),
    relations: relationsOf(tokens),
    commonTables: commonTables(tokens),
    silent: unfinished || inLineComment,
  };
}

/** True where the text after the last token before `offset` opens a line comment. */
function commentAt(statement: string, before: Token[], offset: number): boolean {
  const lastEnd = before.at(-2)?.end ?? 0;
  return statement.slice(lastEnd, offset).split('\n').at(-1)?.includes('--') ?? false;
}
