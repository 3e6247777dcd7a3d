import { SqlError } from '../errors.ts';
import { tokenize } from '../lexer.ts';
import { dialectOf, splitStatements } from '../statements.ts';
import { TokenStream } from '../tokenStream.ts';
import { alterTable } from './alterTable.ts';
import type { DdlStatement, Statement } from './ast.ts';
import { createTable } from './createTable.ts';
import { comment, innerSql, name, parenthesized, qualifiedName, stringProperties, typedProperties } from './parts.ts';
import { describe, show } from './show.ts';

/**
 * Parses one statement of Athena. A query answers `{ kind: 'query' }` unread: the query parser reads it.
 * Throws SqlError SYNTAX_ERROR with the position; NOT_SUPPORTED for statements Athena has but this parser does not know.
 */
export function parseDdl(sql: string): Statement {
  const statements = splitStatements(sql);
  if (statements.length > 1) {
    const [, second] = statements;
    const at = { line: second!.startLine, column: second!.start - sql.lastIndexOf('\n', second!.start - 1) };
    throw new SqlError('SYNTAX_ERROR', 'Only one sql statement is allowed', at);
  }
  const words = leadingWords(sql);
  const [first] = words;
  if (first === undefined && !/^[\s(]*\(/.test(sql)) throw new SqlError('SYNTAX_ERROR', 'Expecting a statement', { line: 1, column: 1 });
  if (first === undefined || ['SELECT', 'WITH', 'VALUES', 'TABLE'].includes(first)) return { kind: 'query' };
  const s = new TokenStream(sql, ctas(sql, words) ? 'trino' : dialectOf(words));
  return statement(s);
}

/** The upper-case words a statement begins with (up to four), read past comments; a parenthesis ends them. */
export function leadingWords(sql: string): string[] {
  const words: string[] = [];
  for (const token of tokenize(sql, 'hive')) {
    if (token.kind !== 'word') return words;
    words.push(token.value);
    if (words.length === 4) break;
  }
  return words;
}

/** CREATE TABLE … AS is Trino's: its quotes are Trino's throughout. */
function ctas(sql: string, words: string[]): boolean {
  if (words[0] !== 'CREATE' || words[1] !== 'TABLE') return false;
  const tokens = tokenize(sql, 'trino');
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'op' && token.value === '(') depth++;
    if (token.kind === 'op' && token.value === ')') depth--;
    if (depth === 0 && token.kind === 'word' && token.value === 'AS') return !previousIs(tokens, token.start, 'STORED');
  }
  return false;
}

function previousIs(tokens: { start: number; value: string }[], start: number, word: string): boolean {
  const at = tokens.findIndex((token) => token.start === start);
  return tokens[at - 1]?.value === word;
}

function statement(s: TokenStream): DdlStatement {
  if (s.take('CREATE')) return create(s);
  if (s.take('DROP')) return drop(s);
  if (s.take('ALTER')) {
    if (s.take('TABLE')) return alterTable(s);
    return unsupported(s, 'ALTER');
  }
  if (s.take('MSCK')) {
    s.expect('REPAIR', 'TABLE');
    return ended(s, { kind: 'msckRepair', name: qualifiedName(s) });
  }
  if (s.take('SHOW')) return show(s);
  if (s.take('DESCRIBE') || s.take('DESC')) return describe(s);
  if (s.take('INSERT')) return insert(s);
  if (s.take('UNLOAD')) return unload(s);
  if (s.take('EXPLAIN')) return explain(s);
  if (s.take('PREPARE')) {
    const prepared = name(s).name;
    s.expect('FROM');
    return { kind: 'prepare', name: prepared, statement: innerSql(s, s.peek().start) };
  }
  if (s.take('EXECUTE')) return execute(s);
  if (s.take('DEALLOCATE')) {
    s.expect('PREPARE');
    return ended(s, { kind: 'deallocate', name: name(s).name });
  }
  if (s.take('OPTIMIZE')) return { kind: 'optimize', name: qualifiedName(s) };
  if (s.take('VACUUM')) return ended(s, { kind: 'vacuum', name: qualifiedName(s) });
  if (s.take('UPDATE')) return { kind: 'update', name: qualifiedName(s) };
  if (s.take('MERGE')) {
    s.expect('INTO');
    return { kind: 'merge', name: qualifiedName(s) };
  }
  if (s.take('DELETE')) {
    s.expect('FROM');
    return { kind: 'delete', name: qualifiedName(s) };
  }
  for (const known of ['SELECT', 'WITH', 'VALUES', 'TABLE']) s.note(known);
  return s.fail();
}

function ended(s: TokenStream, statement: DdlStatement): DdlStatement {
  s.expectEnd();
  return statement;
}

function unsupported(s: TokenStream, verb: string): never {
  throw new SqlError('NOT_SUPPORTED', `${verb} ${s.peek().text} is not supported`, s.peek());
}

function create(s: TokenStream): DdlStatement {
  if (s.take('DATABASE') || s.take('SCHEMA')) return createDatabase(s);
  if (s.is('VIEW') || s.is('OR', 'REPLACE')) {
    const orReplace = s.take('OR', 'REPLACE');
    s.expect('VIEW');
    const view = qualifiedName(s);
    s.expect('AS');
    return { kind: 'createView', name: view, orReplace, query: query(s) };
  }
  const external = s.take('EXTERNAL');
  if (!s.is('TABLE')) {
    for (const known of ['DATABASE', 'SCHEMA', 'VIEW', 'EXTERNAL']) s.note(known);
    s.fail();
  }
  s.expect('TABLE');
  const ifNotExists = s.take('IF', 'NOT', 'EXISTS');
  const table = qualifiedName(s);
  if (external || !(s.is('WITH', '(') || s.is('AS'))) return createTable(s, external, table, ifNotExists);
  const properties = s.take('WITH') ? typedProperties(s) : {};
  s.expect('AS');
  const inner = query(s);
  const noData = /\bWITH\s+NO\s+DATA\s*;?\s*$/i.exec(inner.sql);
  const cut = /\bWITH\s+(NO\s+)?DATA\s*;?\s*$/i.exec(inner.sql);
  const text = cut ? { ...inner, sql: inner.sql.slice(0, cut.index), end: cut.index } : inner;
  return { kind: 'createTableAs', name: table, ifNotExists, properties, query: text, withData: !noData };
}

/** The rest of the statement, which must begin like a query. */
function query(s: TokenStream) {
  if (!s.isOneOf('SELECT', 'WITH', 'VALUES', 'TABLE', '(')) s.fail();
  return innerSql(s, s.peek().start);
}

function createDatabase(s: TokenStream): DdlStatement {
  const ifNotExists = s.take('IF', 'NOT', 'EXISTS');
  const database = qualifiedName(s);
  const said = comment(s);
  const location = s.take('LOCATION') ? s.string() : undefined;
  const properties = s.take('WITH', 'DBPROPERTIES') ? stringProperties(s) : {};
  return ended(s, { kind: 'createDatabase', name: database, ifNotExists, ...(said === undefined ? {} : { comment: said }), ...(location === undefined ? {} : { location }), properties });
}

function drop(s: TokenStream): DdlStatement {
  if (s.take('DATABASE') || s.take('SCHEMA')) {
    const ifExists = s.take('IF', 'EXISTS');
    const database = qualifiedName(s);
    const cascade = s.take('CASCADE');
    if (!cascade) s.take('RESTRICT');
    return ended(s, { kind: 'dropDatabase', name: database, ifExists, cascade });
  }
  const kind = s.take('TABLE') ? 'dropTable' : s.take('VIEW') ? 'dropView' : s.fail();
  const ifExists = s.take('IF', 'EXISTS');
  return ended(s, { kind, name: qualifiedName(s), ifExists });
}

function insert(s: TokenStream): DdlStatement {
  s.expect('INTO');
  const table = qualifiedName(s);
  const names: string[] = [];
  if (s.is('(') && !['SELECT', 'WITH', 'VALUES', 'TABLE'].includes(s.peek(1).value)) {
    s.expect('(');
    do names.push(name(s).name); while (s.take(','));
    s.expect(')');
  }
  return { kind: 'insert', name: table, ...(names.length > 0 ? { columns: names } : {}), query: query(s) };
}

function unload(s: TokenStream): DdlStatement {
  const inner = parenthesized(s);
  s.expect('TO');
  const to = s.string();
  const properties = s.take('WITH') ? typedProperties(s) : {};
  return ended(s, { kind: 'unload', query: inner, to, properties });
}

function explain(s: TokenStream): DdlStatement {
  const analyze = s.take('ANALYZE');
  if (analyze) s.take('VERBOSE');
  const options: Record<string, string> = {};
  if (s.is('(') && ['TYPE', 'FORMAT'].includes(s.peek(1).value)) {
    s.expect('(');
    do {
      const option = s.next().value.toLowerCase();
      options[option] = s.next().value.toLowerCase();
    } while (s.take(','));
    s.expect(')');
  }
  const from = s.peek();
  if (from.kind === 'end') s.fail();
  return { kind: 'explain', analyze, options, statement: innerSql(s, from.start) };
}

function execute(s: TokenStream): DdlStatement {
  const prepared = name(s).name;
  const parameters: string[] = [];
  if (s.take('USING')) {
    do parameters.push(expressionText(s)); while (s.take(','));
  }
  return ended(s, { kind: 'execute', name: prepared, parameters });
}

/** The text of one expression, up to a comma or the end outside brackets. */
function expressionText(s: TokenStream): string {
  const from = s.peek();
  for (let depth = 0; ; ) {
    const token = s.peek();
    if (token.kind === 'end' || (depth === 0 && (s.is(',') || s.is(';')))) break;
    if (['(', '['].includes(token.value) && token.kind === 'op') depth++;
    if ([')', ']'].includes(token.value) && token.kind === 'op') depth--;
    s.next();
  }
  if (s.peek().start === from.start) s.fail();
  return s.text.slice(from.start, s.previous().end);
}
