import { SqlError } from '../errors.ts';
import type { Token } from '../lexer.ts';
import type { Call, Expr } from './ast.ts';
import type { CallParser } from './calls.ts';

const currents = {
  CURRENT_DATE: 'date',
  CURRENT_TIME: 'time',
  CURRENT_TIMESTAMP: 'timestamp',
  LOCALTIME: 'localtime',
  LOCALTIMESTAMP: 'localtimestamp',
  CURRENT_USER: 'user',
  CURRENT_CATALOG: 'catalog',
  CURRENT_SCHEMA: 'schema',
} as const;

/** SQL's functions that have a grammar of their own. Undefined when the token begins none of them. */
export function specialCall(parser: CallParser, token: Token): Expr | undefined {
  const { s } = parser;
  const start = { line: token.line, column: token.column };
  const plain = (name: string, args: Expr[]): Call => ({ kind: 'call', name, args, star: false, distinct: false, orderBy: [], ...start });
  if (Object.hasOwn(currents, token.value)) {
    s.next();
    let precision: number | undefined;
    if (s.take('(')) {
      precision = s.integer();
      s.expect(')');
    }
    return { kind: 'current', what: currents[token.value as keyof typeof currents], precision, ...start };
  }
  if (s.peek(1).kind !== 'op' || s.peek(1).value !== '(') return undefined;
  switch (token.value) {
    case 'EXTRACT': {
      s.expect('EXTRACT', '(');
      const unit = s.next().value.toLowerCase();
      s.expect('FROM');
      const operand = parser.valueExpression();
      s.expect(')');
      return { kind: 'extract', unit, operand, ...start };
    }
    case 'SUBSTRING': {
      s.expect('SUBSTRING', '(');
      const args = [parser.valueExpression()];
      if (s.take('FROM')) {
        args.push(parser.valueExpression());
        if (s.take('FOR')) args.push(parser.valueExpression());
      } else while (s.take(',')) args.push(parser.expression());
      s.expect(')');
      return plain('substring', args);
    }
    case 'POSITION': {
      s.expect('POSITION', '(');
      const needle = parser.valueExpression();
      s.expect('IN');
      const args = [parser.valueExpression(), needle];
      s.expect(')');
      return plain('strpos', args);
    }
    case 'TRIM':
      return trim(parser, plain);
    case 'GROUPING':
      s.next();
      return parser.call('grouping', start);
    case 'LISTAGG':
      return listagg(parser, plain);
    case 'NORMALIZE':
    case 'JSON_EXISTS':
    case 'JSON_VALUE':
    case 'JSON_QUERY':
    case 'JSON_OBJECT':
    case 'JSON_ARRAY':
      throw new SqlError('NOT_SUPPORTED', `${token.value} is not supported`, token);
    default:
      return undefined;
  }
}

/** `TRIM([LEADING|TRAILING|BOTH] [characters] FROM text)` or `trim(text)`. */
function trim(parser: CallParser, plain: (name: string, args: Expr[]) => Call): Expr {
  const { s } = parser;
  s.expect('TRIM', '(');
  const side = ['LEADING', 'TRAILING', 'BOTH'].find((word) => s.take(word));
  const name = side === 'LEADING' ? 'ltrim' : side === 'TRAILING' ? 'rtrim' : 'trim';
  const args: Expr[] = [];
  if (!(side && s.is('FROM'))) args.push(parser.valueExpression());
  if (s.take('FROM')) args.unshift(parser.valueExpression());
  else while (s.take(',')) args.push(parser.expression());
  s.expect(')');
  return plain(name, args);
}

/** `LISTAGG(value [, separator] [ON OVERFLOW …]) WITHIN GROUP (ORDER BY …)` */
function listagg(parser: CallParser, plain: (name: string, args: Expr[]) => Call): Expr {
  const { s } = parser;
  s.expect('LISTAGG', '(');
  const distinct = s.take('DISTINCT');
  if (!distinct) s.take('ALL');
  const args = [parser.expression()];
  if (s.take(',')) args.push({ kind: 'string', line: s.peek().line, column: s.peek().column, value: s.string() });
  if (s.is('ON')) {
    if (!s.take('ON', 'OVERFLOW', 'ERROR')) throw new SqlError('NOT_SUPPORTED', 'LISTAGG … ON OVERFLOW TRUNCATE is not supported', s.peek());
  }
  s.expect(')', 'WITHIN', 'GROUP', '(', 'ORDER', 'BY');
  const orderBy = parser.sortItems();
  s.expect(')');
  return parser.callSuffix({ ...plain('listagg', args), distinct, orderBy });
}
