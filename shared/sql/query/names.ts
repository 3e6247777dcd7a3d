import { SqlError } from '../errors.ts';
import type { TokenStream } from '../tokenStream.ts';
import type { At, Expr, Identifier, Query, SortItem } from './ast.ts';
import { reservedWords } from './words.ts';

export function at(from: At): At {
  return { line: from.line, column: from.column };
}

/** Names and parameters, and what the layers of the query parser need of each other. */
export abstract class NameParser {
  readonly s: TokenStream;
  private parameters = 0;

  constructor(stream: TokenStream) {
    this.s = stream;
  }

  abstract query(): Query;
  abstract sortItems(): SortItem[];
  abstract expression(): Expr;
  abstract valueExpression(): Expr;

  isIdentifier(ahead = 0): boolean {
    const token = this.s.peek(ahead);
    return token.kind === 'quoted' || (token.kind === 'word' && !reservedWords.has(token.value));
  }

  identifier(): Identifier {
    const token = this.s.peek();
    if (!this.isIdentifier()) {
      this.s.note('<identifier>');
      this.s.fail();
    }
    if (token.kind === 'quoted' && token.text.startsWith('`')) {
      throw new SqlError('SYNTAX_ERROR', 'backquoted identifiers are not supported; use double quotes to quote identifiers', token);
    }
    this.s.next();
    const text = token.kind === 'quoted' ? token.value : token.text;
    return { name: text.toLowerCase(), text, ...at(token) };
  }

  identifierList(): Identifier[] {
    const found: Identifier[] = [];
    this.s.expect('(');
    do found.push(this.identifier()); while (this.s.take(','));
    this.s.expect(')');
    return found;
  }

  parameter(): Expr & { kind: 'parameter' } {
    const token = this.s.next();
    return { kind: 'parameter', index: this.parameters++, ...at(token) };
  }
}
