import { SqlError } from './errors.ts';
import { tokenize } from './lexer.ts';
import type { Dialect, Token } from './lexer.ts';

/** A reader over the tokens of one statement, with Trino's wording of syntax errors. */
export class TokenStream {
  readonly text: string;
  private readonly tokens: Token[];
  private at = 0;
  private furthest = 0;
  private expected = new Set<string>();

  constructor(text: string, dialect: Dialect, from = 0, to = text.length) {
    this.text = text;
    this.tokens = tokenize(text, dialect, from, to);
    const bad = this.tokens.find((token) => token.kind === 'error');
    if (bad) throw new SqlError('SYNTAX_ERROR', bad.value, bad);
  }

  get position(): number {
    return this.at;
  }

  /** Goes back to a `position` read before (for the few places that need to look far ahead). */
  rewind(position: number): void {
    this.at = position;
  }

  peek(ahead = 0): Token {
    return this.tokens[Math.min(this.at + ahead, this.tokens.length - 1)]!;
  }

  previous(): Token {
    return this.tokens[Math.max(0, this.at - 1)]!;
  }

  next(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.at++;
    return token;
  }

  /** True when the next tokens are these words (upper case) or operators. */
  is(...wanted: string[]): boolean {
    return wanted.every((want, i) => {
      const token = this.peek(i);
      const same = (token.kind === 'word' || token.kind === 'op') && token.value === want;
      if (!same && i === 0) this.note(want);
      return same;
    });
  }

  isOneOf(...wanted: string[]): boolean {
    return wanted.some((want) => this.is(want));
  }

  take(...wanted: string[]): boolean {
    if (!this.is(...wanted)) return false;
    this.at += wanted.length;
    return true;
  }

  expect(...wanted: string[]): void {
    for (const want of wanted) if (!this.take(want)) this.fail();
  }

  /** Remembers what would have been right here, for the message of `fail`. */
  note(expectation: string): void {
    if (this.at > this.furthest) {
      this.furthest = this.at;
      this.expected.clear();
    }
    if (this.at === this.furthest) this.expected.add(/^[A-Z]+$/.test(expectation) || expectation.startsWith('<') ? expectation : `'${expectation}'`);
  }

  fail(): never {
    const token = this.peek();
    const shown = token.kind === 'end' ? '<EOF>' : token.text;
    const expected = this.furthest === this.at ? [...this.expected].sort() : [];
    const hint = expected.length > 0 && expected.length <= 12 ? `. Expecting: ${expected.join(', ')}` : '';
    throw new SqlError('SYNTAX_ERROR', `mismatched input '${shown}'${hint}`, token);
  }

  string(): string {
    if (this.peek().kind === 'string') return this.next().value;
    this.note('<string>');
    return this.fail();
  }

  integer(): number {
    if (this.peek().kind === 'integer') return Number(this.next().value);
    this.note('<integer>');
    return this.fail();
  }

  expectEnd(): void {
    this.take(';');
    if (this.peek().kind !== 'end') {
      this.note('<EOF>');
      this.fail();
    }
  }
}
