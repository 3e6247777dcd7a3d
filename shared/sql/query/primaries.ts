import { SqlError } from '../errors.ts';
import type { Token } from '../lexer.ts';
import type { At, Expr, Identifier, TypeName } from './ast.ts';
import { CallParser } from './calls.ts';
import { at } from './names.ts';
import { specialCall } from './specialCalls.ts';
import { typeName } from './typeNames.ts';
import { reservedWords } from './words.ts';

/** The innermost expressions: literals, names, calls, CASE, CAST, lambdas, and what follows them (`[…]`, `.field`). */
export abstract class PrimaryParser extends CallParser {
  protected postfix(): Expr {
    let base = this.primary();
    for (;;) {
      const start = at(this.s.peek());
      if (this.s.take('[')) {
        const index = this.valueExpression();
        this.s.expect(']');
        base = { kind: 'subscript', base, index, ...start };
      } else if (this.s.is('.') && this.isIdentifier(1)) {
        this.s.next();
        base = { kind: 'field', base, field: this.identifier(), ...at(base) };
      } else return base;
    }
  }

  private primary(): Expr {
    const s = this.s;
    const token = s.peek();
    const start = at(token);
    if (token.kind === 'integer' || token.kind === 'decimal' || token.kind === 'double' || token.kind === 'string' || token.kind === 'binary') {
      return { kind: token.kind, value: s.next().value, ...start };
    }
    if (s.is('?')) return this.parameter();
    if (s.is('(')) return this.parenthesized();
    if (this.isLambda()) {
      const parameter = this.identifier();
      s.expect('->');
      return { kind: 'lambda', parameters: [parameter], body: this.expression(), ...start };
    }
    if (token.kind === 'word') {
      const special = this.literalOrKeyword(token) ?? specialCall(this, token);
      if (special) return special;
    }
    if (!this.isIdentifier()) {
      s.note('<expression>');
      return s.fail();
    }
    return this.nameOrCall(start);
  }

  private literalOrKeyword(token: Token): Expr | undefined {
    const s = this.s;
    const start = at(token);
    if (s.take('NULL')) return { kind: 'null', ...start };
    if (s.is('TRUE') || s.is('FALSE')) return { kind: 'boolean', value: s.next().value === 'TRUE', ...start };
    if (s.is('CASE')) return this.caseExpression();
    if (s.is('CAST', '(') || s.is('TRY_CAST', '(')) {
      const safe = s.next().value === 'TRY_CAST';
      s.expect('(');
      const operand = this.expression();
      s.expect('AS');
      const type = this.type();
      s.expect(')');
      return { kind: 'cast', operand, type, safe, ...start };
    }
    if (s.is('EXISTS', '(')) {
      s.expect('EXISTS', '(');
      const query = this.query();
      s.expect(')');
      return { kind: 'exists', query, ...start };
    }
    if (s.take('ARRAY', '[')) {
      const items: Expr[] = [];
      if (!s.is(']')) do items.push(this.expression()); while (s.take(','));
      s.expect(']');
      return { kind: 'array', items, ...start };
    }
    if (s.is('ROW', '(')) {
      s.expect('ROW', '(');
      const items = [this.expression()];
      while (s.take(',')) items.push(this.expression());
      s.expect(')');
      return { kind: 'row', items, ...start };
    }
    if (s.is('INTERVAL') && (s.peek(1).kind === 'string' || ['+', '-'].includes(s.peek(1).value))) return this.interval();
    return this.typedLiteral(token);
  }

  /** `DATE '2020-01-01'`, `DECIMAL '1.2'`, `DOUBLE PRECISION '1'`: a type's name, then a string. */
  private typedLiteral(token: Token): Expr | undefined {
    const s = this.s;
    const next = s.peek(1);
    const double = token.value === 'DOUBLE' && next.value === 'PRECISION' && s.peek(2).kind === 'string';
    if (!double && (next.kind !== 'string' || reservedWords.has(token.value))) return undefined;
    const start = at(token);
    s.next();
    if (double) s.next();
    const type: TypeName = { name: token.value.toLowerCase(), numbers: [], arguments: [], fields: [], ...start };
    return { kind: 'typed', type, value: s.string(), ...start };
  }

  private interval(): Expr {
    const start = at(this.s.next());
    const negative = this.s.take('-');
    if (!negative) this.s.take('+');
    const value = this.s.string();
    const units = ['YEAR', 'MONTH', 'DAY', 'HOUR', 'MINUTE', 'SECOND'];
    const unit = (): string => {
      const found = units.find((known) => this.s.take(known));
      return found ? found.toLowerCase() : this.s.fail();
    };
    const from = unit();
    return { kind: 'interval', negative, value, from, to: this.s.take('TO') ? unit() : undefined, ...start };
  }

  private caseExpression(): Expr {
    const s = this.s;
    const start = at(s.next());
    const operand = s.is('WHEN') ? undefined : this.expression();
    const branches: { when: Expr; then: Expr }[] = [];
    while (s.take('WHEN')) {
      const when = this.expression();
      s.expect('THEN');
      branches.push({ when, then: this.expression() });
    }
    if (branches.length === 0) s.expect('WHEN');
    const otherwise = s.take('ELSE') ? this.expression() : undefined;
    s.expect('END');
    return { kind: 'case', operand, branches, otherwise, ...start };
  }

  private isLambda(): boolean {
    return this.isIdentifier() && this.s.peek(1).kind === 'op' && this.s.peek(1).value === '->';
  }

  /** `(a, b) -> …`, `(SELECT …)`, `(a, b)` as a row, or an expression in parentheses. */
  private parenthesized(): Expr {
    const s = this.s;
    const start = at(s.peek());
    const lambda = this.lambdaParameters();
    if (lambda) return { kind: 'lambda', parameters: lambda, body: this.expression(), ...start };
    const mark = s.position;
    s.next();
    let depth = 0;
    while (s.peek(depth).kind === 'op' && s.peek(depth).value === '(') depth++;
    if (['SELECT', 'WITH', 'VALUES', 'TABLE'].includes(s.peek(depth).value) && s.peek(depth).kind === 'word') {
      try {
        const query = this.query();
        s.expect(')');
        return { kind: 'subquery', query, ...start };
      } catch (error) {
        // `((SELECT 1) + 1)`: the inner parentheses were an expression; any other mistake is the query's own.
        if (depth === 0) throw error;
        s.rewind(mark);
        s.next();
      }
    }
    const items = [this.expression()];
    while (s.take(',')) items.push(this.expression());
    s.expect(')');
    return items.length === 1 ? items[0]! : { kind: 'row', items, ...start };
  }

  private lambdaParameters(): Identifier[] | undefined {
    const s = this.s;
    const mark = s.position;
    s.next();
    const parameters: Identifier[] = [];
    if (!s.is(')')) {
      do {
        if (!this.isIdentifier()) break;
        parameters.push(this.identifier());
      } while (s.take(','));
    }
    if (s.take(')') && s.take('->')) return parameters;
    s.rewind(mark);
    return undefined;
  }

  private nameOrCall(start: At): Expr {
    const first = this.identifier();
    if (this.s.is('(')) return this.call(first.name, start);
    const parts = [first];
    while (this.s.is('.') && this.isIdentifier(1)) {
      this.s.next();
      parts.push(this.identifier());
    }
    if (parts.length > 1 && this.s.is('(')) throw new SqlError('FUNCTION_NOT_FOUND', `Function '${parts.map((p) => p.name).join('.')}' not registered`, start);
    return { kind: 'name', parts, ...start };
  }

  type(): TypeName {
    return typeName(this.s);
  }
}
