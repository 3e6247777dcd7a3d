import { SqlError } from '../errors.ts';
import type { Token } from '../lexer.ts';
import type { TokenStream } from '../tokenStream.ts';
import type { At, Call, ComparisonOperator, Expr, FrameBound, Identifier, Query, SortItem, TypeName, WindowSpec } from './ast.ts';
import { specialCall } from './specialCalls.ts';
import { typeName } from './typeNames.ts';
import { reservedWords } from './words.ts';

export function at(from: At): At {
  return { line: from.line, column: from.column };
}

const comparisons = ['=', '<>', '<=', '>=', '<', '>'] as const;

/** Trino's expression grammar: OR < AND < NOT < predicates < || < + - < * / % < sign < AT TIME ZONE < primary. */
export abstract class ExpressionParser {
  readonly s: TokenStream;
  private parameters = 0;

  constructor(stream: TokenStream) {
    this.s = stream;
  }

  abstract query(): Query;
  abstract sortItems(): SortItem[];

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
    if (this.s.take('-')) return { kind: 'negate', operand: this.signed(), ...start };
    let operand = this.postfix();
    while (this.s.is('AT')) {
      const where = at(this.s.next());
      this.s.expect('TIME', 'ZONE');
      operand = { kind: 'atTimeZone', operand, zone: this.postfix(), ...where };
    }
    return operand;
  }

  private postfix(): Expr {
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

  call(name: string, start: At): Call {
    const s = this.s;
    s.expect('(');
    const call: Call = { kind: 'call', name, args: [], star: false, distinct: false, orderBy: [], ...start };
    if (s.take('*')) call.star = true;
    else if (!s.is(')')) {
      call.distinct = s.take('DISTINCT');
      if (!call.distinct) s.take('ALL');
      if (!s.is('ORDER', 'BY')) do call.args.push(this.expression()); while (s.take(','));
      if (s.take('ORDER', 'BY')) call.orderBy = this.sortItems();
    }
    s.expect(')');
    return this.callSuffix(call);
  }

  callSuffix(call: Call): Call {
    const s = this.s;
    if (s.is('FILTER', '(')) {
      s.expect('FILTER', '(', 'WHERE');
      call.filter = this.expression();
      s.expect(')');
    }
    if (s.is('IGNORE', 'NULLS') || s.is('RESPECT', 'NULLS')) {
      call.ignoreNulls = s.next().value === 'IGNORE';
      s.expect('NULLS');
    }
    if (s.take('OVER')) {
      if (s.take('(')) call.over = this.windowSpec();
      else call.over = { base: this.identifier().name, partitionBy: [], orderBy: [], ...at(s.previous()) };
    }
    return call;
  }

  /** What follows the opening parenthesis of a window, its closing one included. */
  windowSpec(): WindowSpec {
    const s = this.s;
    const spec: WindowSpec = { partitionBy: [], orderBy: [], ...at(s.peek()) };
    if (this.isIdentifier() && !['PARTITION', 'ROWS', 'RANGE', 'GROUPS', 'MEASURES'].includes(s.peek().value)) spec.base = this.identifier().name;
    if (s.take('PARTITION', 'BY')) do spec.partitionBy.push(this.expression()); while (s.take(','));
    if (s.take('ORDER', 'BY')) spec.orderBy = this.sortItems();
    const unit = (['ROWS', 'RANGE', 'GROUPS'] as const).find((word) => s.take(word));
    if (unit) {
      const between = s.take('BETWEEN');
      const start = this.frameBound();
      if (between) s.expect('AND');
      const end: FrameBound = between ? this.frameBound() : { type: 'current' };
      spec.frame = { unit: unit.toLowerCase() as 'rows' | 'range' | 'groups', start, end };
    }
    s.expect(')');
    return spec;
  }

  private frameBound(): FrameBound {
    const s = this.s;
    if (s.take('UNBOUNDED', 'PRECEDING')) return { type: 'unboundedPreceding' };
    if (s.take('UNBOUNDED', 'FOLLOWING')) return { type: 'unboundedFollowing' };
    if (s.take('CURRENT', 'ROW')) return { type: 'current' };
    const offset = this.expression();
    if (s.take('PRECEDING')) return { type: 'preceding', offset };
    s.expect('FOLLOWING');
    return { type: 'following', offset };
  }

  type(): TypeName {
    return typeName(this.s);
  }

  parameter(): Expr & { kind: 'parameter' } {
    const token = this.s.next();
    return { kind: 'parameter', index: this.parameters++, ...at(token) };
  }

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
}
