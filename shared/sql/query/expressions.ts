import type { At, ComparisonOperator, Expr } from './ast.ts';
import { at } from './names.ts';
import { PrimaryParser } from './primaries.ts';

const comparisons = ['=', '<>', '<=', '>=', '<', '>'] as const;

/** Trino's expression grammar: OR < AND < NOT < predicates < || < + - < * / % < sign < AT TIME ZONE < primary. */
export abstract class ExpressionParser extends PrimaryParser {

  expression(): Expr {
    let left = this.conjunction();
    while (this.s.is('OR')) left = { kind: 'or', ...at(this.s.next()), left, right: this.conjunction() };
    return left;
  }

  private conjunction(): Expr {
    let left = this.negation();
    while (this.s.is('AND')) left = { kind: 'and', ...at(this.s.next()), left, right: this.negation() };
    return left;
  }

  private negation(): Expr {
    if (this.s.is('NOT')) return { kind: 'not', ...at(this.s.next()), operand: this.negation() };
    return this.predicated();
  }

  private predicated(): Expr {
    let left = this.valueExpression();
    for (;;) {
      const next = this.predicate(left);
      if (!next) return left;
      left = next;
    }
  }

  private predicate(left: Expr): Expr | undefined {
    const s = this.s;
    const start = at(s.peek());
    const operator = comparisons.find((op) => s.take(op));
    if (operator) return this.comparison(operator, left, start);
    if (s.take('IS')) {
      const negated = s.take('NOT');
      if (s.take('NULL')) return { kind: 'isNull', operand: left, negated, ...start };
      s.expect('DISTINCT', 'FROM');
      return { kind: 'isDistinct', left, right: this.valueExpression(), negated, ...start };
    }
    const mark = s.position;
    const negated = s.take('NOT');
    if (s.take('BETWEEN')) {
      const low = this.valueExpression();
      s.expect('AND');
      return { kind: 'between', operand: left, low, high: this.valueExpression(), negated, ...start };
    }
    if (s.take('LIKE')) {
      const pattern = this.valueExpression();
      const escape = s.take('ESCAPE') ? this.valueExpression() : undefined;
      return { kind: 'like', operand: left, pattern, escape, negated, ...start };
    }
    if (s.take('IN')) {
      s.expect('(');
      if (s.isOneOf('SELECT', 'WITH', 'VALUES', 'TABLE')) {
        const query = this.query();
        s.expect(')');
        return { kind: 'inQuery', operand: left, query, negated, ...start };
      }
      const values = [this.expression()];
      while (s.take(',')) values.push(this.expression());
      s.expect(')');
      return { kind: 'in', operand: left, values, negated, ...start };
    }
    if (negated) {
      s.rewind(mark);
      s.next();
      s.fail();
    }
    return undefined;
  }

  private comparison(operator: ComparisonOperator, left: Expr, start: At): Expr {
    const quantifier = this.s.isOneOf('ALL', 'ANY', 'SOME') && this.s.peek(1).value === '(' ? this.s.next().value : undefined;
    if (!quantifier) return { kind: 'comparison', operator, left, right: this.valueExpression(), ...start };
    this.s.expect('(');
    const query = this.query();
    this.s.expect(')');
    return { kind: 'quantified', operator, quantifier: quantifier === 'ALL' ? 'all' : 'any', left, query, ...start };
  }

  valueExpression(): Expr {
    let left = this.additive();
    while (this.s.is('||')) left = { kind: 'concat', ...at(this.s.next()), left, right: this.additive() };
    return left;
  }

  private additive(): Expr {
    let left = this.multiplicative();
    while (this.s.isOneOf('+', '-')) {
      const token = this.s.next();
      left = { kind: 'arithmetic', operator: token.value as '+' | '-', ...at(token), left, right: this.multiplicative() };
    }
    return left;
  }

  private multiplicative(): Expr {
    let left = this.signed();
    while (this.s.isOneOf('*', '/', '%')) {
      const token = this.s.next();
      left = { kind: 'arithmetic', operator: token.value as '*' | '/' | '%', ...at(token), left, right: this.signed() };
    }
    return left;
  }

  private signed(): Expr {
    const start = at(this.s.peek());
    if (this.s.take('+')) return this.signed();
    if (this.s.take('-')) {
      // A sign before a number is part of it: so the smallest bigint can be written.
      const token = this.s.peek();
      if (token.kind === 'integer' || token.kind === 'decimal' || token.kind === 'double') return { kind: token.kind, value: `-${this.s.next().value}`, ...start };
      return { kind: 'negate', operand: this.signed(), ...start };
    }
    let operand = this.postfix();
    while (this.s.is('AT')) {
      const where = at(this.s.next());
      this.s.expect('TIME', 'ZONE');
      operand = { kind: 'atTimeZone', operand, zone: this.postfix(), ...where };
    }
    return operand;
  }
}
