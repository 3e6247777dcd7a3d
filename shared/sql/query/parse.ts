import { SqlError } from '../errors.ts';
import { TokenStream } from '../tokenStream.ts';
import type { Expr, GroupingElement, NamedQuery, Query, QueryBody, Select, SelectItem, SortItem } from './ast.ts';
import { at } from './names.ts';
import { RelationParser } from './relations.ts';
import { notAnAlias } from './words.ts';

/** Parses one Trino query. Throws SqlError SYNTAX_ERROR in Trino's words, NOT_SUPPORTED by name for clauses we do not run. */
export function parseQuery(sql: string): Query {
  const parser = new QueryParser(new TokenStream(sql, 'trino'));
  const query = parser.query();
  parser.s.expectEnd();
  return query;
}

/** Parses one expression, e.g. a parameter of EXECUTE … USING. */
export function parseExpression(sql: string): Expr {
  const parser = new QueryParser(new TokenStream(sql, 'trino'));
  const expr = parser.expression();
  parser.s.expectEnd();
  return expr;
}

class QueryParser extends RelationParser {
  query(): Query {
    const start = at(this.s.peek());
    const named = this.s.take('WITH') ? this.namedQueries() : [];
    const body = this.setOperations();
    const orderBy = this.s.take('ORDER', 'BY') ? this.sortItems() : [];
    const query: Query = { ...start, with: named, body, orderBy };
    if (this.s.take('OFFSET')) {
      query.offset = this.rowCount();
      if (!this.s.take('ROWS')) this.s.take('ROW');
    }
    if (this.s.take('LIMIT')) {
      if (!this.s.take('ALL')) query.limit = this.rowCount();
    } else if (this.s.take('FETCH')) {
      if (!this.s.take('FIRST')) this.s.expect('NEXT');
      query.limit = this.s.isOneOf('ROW', 'ROWS') ? { kind: 'integer', value: '1', ...at(this.s.peek()) } : this.rowCount();
      if (!this.s.take('ROWS')) this.s.expect('ROW');
      if (this.s.take('WITH')) {
        this.s.expect('TIES');
        query.withTies = true;
      } else this.s.expect('ONLY');
    }
    return query;
  }

  private rowCount() {
    const token = this.s.peek();
    if (token.kind === 'integer') return { kind: 'integer' as const, value: this.s.next().value, ...at(token) };
    if (this.s.is('?')) return this.parameter();
    this.s.note('<integer>');
    return this.s.fail();
  }

  private namedQueries(): NamedQuery[] {
    if (this.s.is('RECURSIVE')) throw new SqlError('NOT_SUPPORTED', 'WITH RECURSIVE is not supported', this.s.peek());
    const found: NamedQuery[] = [];
    do {
      const name = this.identifier();
      const columns = this.s.is('(') ? this.identifierList() : undefined;
      this.s.expect('AS', '(');
      const query = this.query();
      this.s.expect(')');
      found.push({ line: name.line, column: name.column, name, columns, query });
    } while (this.s.take(','));
    return found;
  }

  /** UNION and EXCEPT bind equally, left to right; INTERSECT binds tighter. */
  private setOperations(): QueryBody {
    let left = this.intersections();
    for (;;) {
      const operator = this.s.is('UNION') ? 'union' : this.s.is('EXCEPT') ? 'except' : undefined;
      if (!operator) return left;
      const start = at(this.s.next());
      const distinct = this.setQuantifier();
      left = { kind: 'setOperation', operator, distinct, left, right: this.intersections(), ...start };
    }
  }

  private intersections(): QueryBody {
    let left = this.queryPrimary();
    while (this.s.is('INTERSECT')) {
      const start = at(this.s.next());
      const distinct = this.setQuantifier();
      left = { kind: 'setOperation', operator: 'intersect', distinct, left, right: this.queryPrimary(), ...start };
    }
    return left;
  }

  private setQuantifier(): boolean {
    if (this.s.take('ALL')) return false;
    this.s.take('DISTINCT');
    return true;
  }

  private queryPrimary(): QueryBody {
    const start = at(this.s.peek());
    if (this.s.is('SELECT')) return this.select();
    if (this.s.take('VALUES')) {
      const rows = [this.expression()];
      while (this.s.take(',')) rows.push(this.expression());
      return { kind: 'values', rows, ...start };
    }
    if (this.s.take('TABLE')) {
      const name = this.qualifiedName();
      const star: SelectItem = { kind: 'star', ...start };
      return { kind: 'select', distinct: false, items: [star], from: { kind: 'table', name, ...at(name[0]!) }, windows: [], ...start };
    }
    this.s.expect('(');
    const query = this.query();
    this.s.expect(')');
    return { kind: 'query', query, ...start };
  }

  private select(): Select {
    const start = at(this.s.next());
    const distinct = this.s.take('DISTINCT');
    if (!distinct) this.s.take('ALL');
    const items = [this.selectItem()];
    while (this.s.take(',')) items.push(this.selectItem());
    const select: Select = { kind: 'select', distinct, items, windows: [], ...start };
    if (this.s.take('FROM')) {
      select.from = this.relation();
      while (this.s.take(',')) select.from = { kind: 'join', type: 'cross', left: select.from, right: this.relation(), ...start };
    }
    if (this.s.take('WHERE')) select.where = this.expression();
    if (this.s.take('GROUP', 'BY')) select.groupBy = this.groupBy();
    if (this.s.take('HAVING')) select.having = this.expression();
    if (this.s.take('WINDOW')) {
      do {
        const { name } = this.identifier();
        this.s.expect('AS', '(');
        select.windows.push({ name, spec: this.windowSpec() });
      } while (this.s.take(','));
    }
    return select;
  }

  private selectItem(): SelectItem {
    const start = at(this.s.peek());
    if (this.s.take('*')) return { kind: 'star', ...start };
    const mark = this.s.position;
    if (this.isIdentifier()) {
      const qualifier = [this.identifier()];
      while (this.s.is('.') && !this.s.is('.', '*') && this.isIdentifier(1)) {
        this.s.expect('.');
        qualifier.push(this.identifier());
      }
      if (this.s.take('.', '*')) return { kind: 'star', qualifier, ...start };
      this.s.rewind(mark);
    }
    const expr = this.expression();
    if (this.s.take('.', '*')) {
      const aliases = this.s.take('AS') ? this.identifierList() : undefined;
      return { kind: 'fieldStar', base: expr, aliases, ...start };
    }
    const named = this.s.take('AS') || (this.isIdentifier() && !(this.s.peek().kind === 'word' && notAnAlias.has(this.s.peek().value)));
    const alias = named ? this.identifier() : undefined;
    return { kind: 'expr', expr, alias, ...start };
  }

  private groupBy(): NonNullable<Select['groupBy']> {
    const distinct = this.s.take('DISTINCT');
    if (!distinct) this.s.take('ALL');
    const elements = [this.groupingElement()];
    while (this.s.take(',')) elements.push(this.groupingElement());
    return { distinct, elements };
  }

  private groupingElement(): GroupingElement {
    if (this.s.take('GROUPING', 'SETS')) {
      this.s.expect('(');
      const sets = [this.groupingSet()];
      while (this.s.take(',')) sets.push(this.groupingSet());
      this.s.expect(')');
      return { kind: 'sets', sets };
    }
    const kind = this.s.is('ROLLUP') ? 'rollup' : this.s.is('CUBE') ? 'cube' : undefined;
    if (kind) {
      this.s.next();
      this.s.expect('(');
      const sets: ReturnType<QueryParser['groupingSet']>[] = [];
      if (!this.s.is(')')) do sets.push(this.groupingSet()); while (this.s.take(','));
      this.s.expect(')');
      return { kind, sets };
    }
    return { kind: 'simple', exprs: this.groupingSet() };
  }

  /** `(a, b)`, `()` or one expression; `(a)` alone is an expression in parentheses, which means the same. */
  private groupingSet() {
    if (this.s.is('(')) {
      const mark = this.s.position;
      this.s.next();
      if (this.s.take(')')) return [];
      const exprs = [this.expression()];
      while (this.s.take(',')) exprs.push(this.expression());
      if (this.s.take(')') && this.s.isOneOf(',', ')', 'HAVING', 'ORDER', 'LIMIT', 'UNION', 'EXCEPT', 'INTERSECT', 'WINDOW', 'OFFSET', 'FETCH', ';')) return exprs;
      if (this.s.peek().kind === 'end') return exprs;
      this.s.rewind(mark);
    }
    return [this.expression()];
  }

  sortItems(): SortItem[] {
    const items: SortItem[] = [];
    do {
      const expr = this.expression();
      const descending = !this.s.take('ASC') && this.s.take('DESC');
      let nullsFirst = false;
      if (this.s.take('NULLS')) {
        nullsFirst = this.s.take('FIRST');
        if (!nullsFirst) this.s.expect('LAST');
      }
      items.push({ expr, descending, nullsFirst });
    } while (this.s.take(','));
    return items;
  }
}
