import type { At, Call, FrameBound, WindowSpec } from './ast.ts';
import { at, NameParser } from './names.ts';

/** Function calls with what may follow them: FILTER, IGNORE NULLS, OVER. */
export abstract class CallParser extends NameParser {
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
}
