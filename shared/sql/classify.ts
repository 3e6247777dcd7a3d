import type { DdlStatement, QualifiedName, Statement } from './ddl/ast.ts';
import { leadingWords, parseDdl } from './ddl/parse.ts';
import { tokenize } from './lexer.ts';
import type { Token } from './lexer.ts';
import { splitStatements } from './statements.ts';

export interface Classified {
  /** The kind of the statement, or `multiple`, `empty`, `unknown` (what our parser cannot read). */
  kind: Statement['kind'] | 'multiple' | 'empty' | 'unknown';
  /** True only where it is proven that running the statement changes nothing but its own result. */
  isRead: boolean;
  /** Athena's StatementType. */
  statementType: 'DML' | 'DDL' | 'UTILITY';
  /** What the statement creates, changes, drops or describes: `[catalog, database, name]`, last part always there. */
  targets: string[][];
}

/**
 * What a statement is and whether it is proven to be a read. Read-only connections rely on this, so every doubt is a
 * write: several statements, EXECUTE (the prepared text is elsewhere), table functions (they may pass SQL through to a
 * source), external functions, text our lexer cannot read.
 */
export function classify(sql: string): Classified {
  const count = splitStatements(sql).length;
  if (count === 0) return { kind: 'empty', isRead: false, statementType: 'DML', targets: [] };
  if (count > 1) return { kind: 'multiple', isRead: false, statementType: 'DML', targets: [] };
  let statement: Statement;
  try {
    statement = parseDdl(sql);
  } catch {
    return { kind: 'unknown', isRead: false, statementType: guessType(sql), targets: [] };
  }
  if (statement.kind === 'query') return { kind: 'query', isRead: isProvenQuery(sql), statementType: 'DML', targets: [] };
  return { kind: statement.kind, isRead: isProvenRead(statement), statementType: typeOf(statement), targets: targetsOf(statement) };
}

function isProvenRead(statement: DdlStatement): boolean {
  if (statement.kind === 'explain') {
    const inner = classify(statement.statement.sql);
    // EXPLAIN plans without running; ANALYZE runs, so what it runs must be a read.
    return statement.analyze ? inner.kind === 'query' && inner.isRead : inner.kind !== 'unknown' && inner.kind !== 'multiple' && inner.kind !== 'empty' && inner.kind !== 'explain';
  }
  return statement.kind.startsWith('show') || statement.kind === 'describe';
}

/**
 * By Trino's grammar a statement that begins with SELECT, VALUES, TABLE or `(`, or WITH whose named queries are followed
 * by one of these, can only be a query; no query writes, but for table functions and functions that call out.
 */
function isProvenQuery(sql: string): boolean {
  const tokens = tokenize(sql, 'trino').filter((token) => token.kind !== 'end' && token.value !== ';');
  if (tokens.some((token) => token.kind === 'error')) return false;
  if (tokens.some((token, i) => isTableFunction(tokens, token, i))) return false;
  const words = ['SELECT', 'VALUES', 'TABLE'];
  const starts = (token: Token | undefined): boolean => token !== undefined && ((token.kind === 'word' && words.includes(token.value)) || (token.kind === 'op' && token.value === '('));
  if (tokens[0]?.kind === 'word' && tokens[0].value === 'WITH') {
    const main = afterNamedQueries(tokens);
    if (!starts(main) || main?.value === '(') return main?.value === '(' && onlyQueryWords(tokens);
    return onlyQueryWords(tokens);
  }
  return starts(tokens[0]) && onlyQueryWords(tokens);
}

/** `TABLE(function(…))`: a polymorphic table function may hand text to another system. */
function isTableFunction(tokens: Token[], token: Token, i: number): boolean {
  return token.kind === 'word' && token.value === 'TABLE' && tokens[i + 1]?.kind === 'op' && tokens[i + 1]?.value === '(';
}

/** A writing verb where a query would begin (after `(` or AS) is no query of Trino's, whatever else it may be. */
function onlyQueryWords(tokens: Token[]): boolean {
  const verbs = ['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'CREATE', 'DROP', 'ALTER', 'UNLOAD', 'EXECUTE', 'CALL', 'GRANT', 'REVOKE', 'MSCK', 'VACUUM', 'OPTIMIZE', 'INTO'];
  return !tokens.some((token, i) => {
    if (token.kind !== 'word' || !verbs.includes(token.value)) return false;
    const before = tokens[i - 1];
    const after = tokens[i + 1];
    // `x.update`, `t.delete`: names; `SELECT insert FROM`: a column. A verb followed by a name or keyword is a verb.
    if (before?.kind === 'op' && before.value === '.') return false;
    return after !== undefined && (after.kind === 'quoted' || (after.kind === 'word' && !['FROM', 'AS', 'IS', 'IN', 'AND', 'OR', 'NOT', 'LIKE', 'BETWEEN', 'ASC', 'DESC', 'NULLS', 'END', 'THEN', 'ELSE', 'WHEN', 'ON', 'WHERE', 'GROUP', 'ORDER', 'HAVING', 'LIMIT', 'UNION', 'OFFSET'].includes(after.value)) || (after.kind === 'word' && after.value === 'FROM' && (before === undefined || before.value === '(' || before.value === ')')) || (after.kind === 'op' && after.value === '(' && token.value === 'UNLOAD'));
  });
}

/** The token that follows `WITH [RECURSIVE] name [(columns)] AS (…), …`. */
function afterNamedQueries(tokens: Token[]): Token | undefined {
  let i = tokens[1]?.value === 'RECURSIVE' ? 2 : 1;
  const skipParentheses = (): void => {
    for (let depth = 0; i < tokens.length; i++) {
      if (tokens[i]!.kind !== 'op') continue;
      if (tokens[i]!.value === '(') depth++;
      if (tokens[i]!.value === ')' && --depth === 0) {
        i++;
        return;
      }
    }
  };
  for (;;) {
    i++;
    if (tokens[i]?.kind === 'op' && tokens[i]?.value === '(') skipParentheses();
    if (tokens[i]?.value !== 'AS' || tokens[i + 1]?.value !== '(') return undefined;
    i++;
    skipParentheses();
    if (tokens[i]?.kind !== 'op' || tokens[i]?.value !== ',') return tokens[i];
    i++;
  }
}

function guessType(sql: string): Classified['statementType'] {
  const [first = ''] = leadingWords(sql);
  if (['CREATE', 'DROP', 'ALTER', 'MSCK'].includes(first)) return 'DDL';
  return ['SHOW', 'DESCRIBE', 'DESC', 'EXPLAIN'].includes(first) ? 'UTILITY' : 'DML';
}

function typeOf(statement: DdlStatement): Classified['statementType'] {
  const { kind } = statement;
  if (kind.startsWith('show') || kind === 'describe' || kind === 'explain' || kind === 'prepare' || kind === 'deallocate') return 'UTILITY';
  if (['insert', 'unload', 'execute', 'merge', 'update', 'delete', 'optimize', 'vacuum'].includes(kind)) return 'DML';
  // Athena counts CTAS as DDL, like every other CREATE.
  return 'DDL';
}

function targetsOf(statement: DdlStatement): string[][] {
  const named = statement as { name?: QualifiedName | string };
  return typeof named.name === 'object' ? [named.name.parts.map((part) => part.name)] : [];
}
