import { SqlError } from '../errors.ts';
import type { Identifier, Relation } from './ast.ts';
import { ExpressionParser } from './expressions.ts';
import { at } from './names.ts';
import { notAnAlias } from './words.ts';

/** What stands in FROM: tables, subqueries, UNNEST, joins. */
export abstract class RelationParser extends ExpressionParser {
  protected relation(): Relation {
    let left = this.sampledRelation();
    for (;;) {
      const start = at(this.s.peek());
      if (this.s.take('CROSS')) {
        this.s.expect('JOIN');
        left = { kind: 'join', type: 'cross', left, right: this.sampledRelation(), ...start };
        continue;
      }
      if (this.s.is('NATURAL')) throw new SqlError('NOT_SUPPORTED', 'Natural join not supported', this.s.peek());
      const type = this.joinType();
      if (!type) return left;
      const right = this.relation();
      if (this.s.take('ON')) left = { kind: 'join', type, left, right, on: this.expression(), ...start };
      else {
        this.s.expect('USING');
        left = { kind: 'join', type, left, right, using: this.identifierList(), ...start };
      }
    }
  }

  private joinType(): 'inner' | 'left' | 'right' | 'full' | undefined {
    if (this.s.take('JOIN') || this.s.take('INNER', 'JOIN')) return 'inner';
    for (const [word, type] of [['LEFT', 'left'], ['RIGHT', 'right'], ['FULL', 'full']] as const) {
      if (!this.s.take(word)) continue;
      this.s.take('OUTER');
      this.s.expect('JOIN');
      return type;
    }
    return undefined;
  }

  private sampledRelation(): Relation {
    const start = at(this.s.peek());
    let relation = this.relationPrimary();
    if (this.s.is('FOR')) throw new SqlError('NOT_SUPPORTED', 'Time travel (FOR VERSION/TIMESTAMP AS OF) is not supported', this.s.peek());
    if (this.s.is('MATCH_RECOGNIZE')) throw new SqlError('NOT_SUPPORTED', 'MATCH_RECOGNIZE is not supported', this.s.peek());
    const named = this.s.take('AS');
    if (named || (this.isIdentifier() && !(this.s.peek().kind === 'word' && notAnAlias.has(this.s.peek().value)))) {
      const alias = this.identifier();
      const columns = this.s.is('(') ? this.identifierList() : undefined;
      relation = { kind: 'aliased', relation, alias, columns, ...start };
    }
    if (this.s.is('TABLESAMPLE')) throw new SqlError('NOT_SUPPORTED', 'TABLESAMPLE is not supported', this.s.peek());
    return relation;
  }

  private relationPrimary(): Relation {
    const start = at(this.s.peek());
    if (this.s.take('UNNEST')) {
      this.s.expect('(');
      const exprs = [this.expression()];
      while (this.s.take(',')) exprs.push(this.expression());
      this.s.expect(')');
      const ordinality = this.s.take('WITH', 'ORDINALITY');
      return { kind: 'unnest', exprs, ordinality, ...start };
    }
    if (this.s.is('TABLE', '(')) throw new SqlError('NOT_SUPPORTED', 'Table functions are not supported', this.s.peek());
    const lateral = this.s.take('LATERAL');
    if (this.s.is('(')) {
      if (lateral || this.parenthesisIsQuery()) {
        this.s.expect('(');
        const query = this.query();
        this.s.expect(')');
        return { kind: 'derived', query, lateral, ...start };
      }
      this.s.expect('(');
      const relation = this.relation();
      this.s.expect(')');
      return relation;
    }
    if (!this.isIdentifier()) {
      for (const known of ['(', 'LATERAL', 'TABLE', 'UNNEST', '<identifier>']) this.s.note(known);
      this.s.fail();
    }
    return { kind: 'table', name: this.qualifiedName(), ...start };
  }

  /** Whether what stands in (possibly several) parentheses begins like a query; `((a JOIN b …))` does not. */
  private parenthesisIsQuery(): boolean {
    let ahead = 0;
    while (this.s.peek(ahead).kind === 'op' && this.s.peek(ahead).value === '(') ahead++;
    const token = this.s.peek(ahead);
    return token.kind === 'word' && ['SELECT', 'WITH', 'VALUES', 'TABLE'].includes(token.value);
  }

  protected qualifiedName(): Identifier[] {
    const parts = [this.identifier()];
    while (this.s.take('.')) parts.push(this.identifier());
    return parts;
  }
}
