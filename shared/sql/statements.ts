import { tokenAt } from './lexer.ts';
import type { Dialect, Token } from './lexer.ts';

export interface StatementText {
  /** The statement without its semicolon and the white space around it. */
  text: string;
  /** Offsets of `text` in the whole, end exclusive. */
  start: number;
  end: number;
  /** One-based line of `start`. */
  startLine: number;
}

/** Which of Athena's two languages a statement that starts with these (upper-case) words is written in. */
export function dialectOf(words: readonly string[]): Dialect {
  const [first, second, third] = words;
  if (first === 'CREATE') {
    if (second === 'EXTERNAL' || second === 'DATABASE' || second === 'SCHEMA' || second === 'TABLE') return 'hive';
    return 'trino';
  }
  if (first === 'ALTER' || first === 'MSCK' || first === 'DESCRIBE' || first === 'DESC') return 'hive';
  if (first === 'DROP') return 'hive';
  if (first === 'SHOW') return second === 'FUNCTIONS' || second === 'SESSION' || (second === 'STATS' && third === 'FOR') ? 'trino' : 'hive';
  return 'trino';
}

/**
 * `CREATE TABLE` is Hive's (Iceberg) with a column list and Trino's with `AS`: its strings are Trino's from
 * the first `AS` or `WITH` outside parentheses on, which this tells while the tokens go by.
 */
export class DialectTracker {
  dialect: Dialect = 'trino';
  private words: string[] = [];
  private depth = 0;
  private first = true;

  see(token: Token): void {
    if (token.kind === 'op') {
      if (token.value === '(') this.depth++;
      else if (token.value === ')') this.depth--;
    }
    if (token.kind === 'word' && this.words.length < 3 && this.first) {
      this.words.push(token.value);
      this.dialect = dialectOf(this.words);
    } else this.first = false;
    const ctas = this.words[0] === 'CREATE' && this.words[1] === 'TABLE' && this.depth === 0 && token.kind === 'word';
    if (ctas && (token.value === 'AS' || token.value === 'WITH')) this.dialect = 'trino';
  }
}

/** The statements of an editor's text: separated by semicolons outside strings, names and comments. Empty ones are left out. */
export function splitStatements(text: string): StatementText[] {
  const found: StatementText[] = [];
  const where = { line: 1, lineStart: 0 };
  let tracker = new DialectTracker();
  let first: Token | undefined;
  let last: Token | undefined;
  for (let at = 0; ; ) {
    const token = tokenAt(text, at, tracker.dialect, where);
    const ends = token.kind === 'end' || (token.kind === 'op' && token.value === ';');
    if (ends) {
      if (first && last) found.push({ text: text.slice(first.start, last.end), start: first.start, end: last.end, startLine: first.line });
      if (token.kind === 'end') return found;
      tracker = new DialectTracker();
      first = last = undefined;
    } else {
      tracker.see(token);
      first ??= token;
      last = token;
    }
    at = token.end;
  }
}

/** The statement the cursor is in, touches, or follows; the first one when the cursor is before all of them. */
export function statementAt(text: string, offset: number): StatementText | undefined {
  const all = splitStatements(text);
  return all.findLast((statement) => statement.start <= offset) ?? all[0];
}
