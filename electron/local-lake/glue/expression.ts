import { invalidInput } from './errors.ts';
import { tokenize, type Token } from './expressionTokens.ts';
import type { GlueColumn } from './types.ts';

/**
 * The filter of GetPartitions: `year = 2024 AND (month IN ('01', '02') OR day BETWEEN 1 AND 7) AND NOT name LIKE 'x%'`.
 * https://docs.aws.amazon.com/glue/latest/webapi/API_GetPartitions.html
 */
export interface PartitionFilter {
  matches(values: string[]): boolean;
  /** The values that the first keys must have, where the expression says so. */
  leadingValues: string[];
}

type Value = string | number;
type Test = (values: string[]) => boolean;
interface Node {
  test: Test;
  /** Keys that must equal a value wherever this is true. */
  equals: Map<number, string>;
}
const plain = (test: Test): Node => ({ test, equals: new Map() });

const NUMERIC = /^(tinyint|smallint|int|integer|bigint|long|float|double|decimal)/i;
/** Hive's name of the partition whose key was NULL. */
const NULL_PARTITION = '__HIVE_DEFAULT_PARTITION__';

/** InvalidInputException, naming the place, where the expression is not one or names no partition key. */
export function parseExpression(expression: string, keys: GlueColumn[]): PartitionFilter {
  if (keys.length === 0) throw invalidInput('The expression needs a partitioned table.');
  const parser = new Parser(tokenize(expression), keys);
  const node = parser.parse();
  const leadingValues: string[] = [];
  for (let i = 0; i < keys.length; i++) {
    const value = node.equals.get(i);
    // A number may be written in several ways (`1`, `01`), so only text narrows the range.
    if (value === undefined || NUMERIC.test(keys[i]!.Type ?? 'string')) break;
    leadingValues.push(value);
  }
  return { matches: node.test, leadingValues };
}

class Parser {
  private readonly tokens: Token[];
  private readonly keys: GlueColumn[];
  private at = 0;
  constructor(tokens: Token[], keys: GlueColumn[]) {
    this.tokens = tokens;
    this.keys = keys;
  }

  parse(): Node {
    const node = this.or();
    if (this.peek().kind !== 'end') throw this.unexpected('AND, OR or the end');
    return node;
  }

  private or(): Node {
    let left = this.and();
    while (this.takeWord('or')) {
      const [a, b] = [left.test, this.and().test];
      left = plain((values) => a(values) || b(values));
    }
    return left;
  }

  private and(): Node {
    let left = this.not();
    while (this.takeWord('and')) {
      const [a, b] = [left, this.not()];
      left = { test: (values) => a.test(values) && b.test(values), equals: new Map([...a.equals, ...b.equals]) };
    }
    return left;
  }

  private not(): Node {
    if (this.takeWord('not')) {
      const { test } = this.not();
      return plain((values) => !test(values));
    }
    if (this.take('(')) {
      const node = this.or();
      this.expect(')');
      return node;
    }
    return this.comparison();
  }

  private comparison(): Node {
    const first = this.peek();
    if (first.kind !== 'name' && (first.kind === 'string' || first.kind === 'number')) {
      const value = this.literal();
      const operator = this.operator();
      return this.compare(this.key(), MIRRORED[operator] ?? operator, value);
    }
    const key = this.key();
    if (this.takeWord('is')) {
      const negated = this.takeWord('not');
      this.expectWord('null');
      return plain((values) => isNull(values[key]) !== negated);
    }
    const negated = this.takeWord('not');
    const node = this.takeWord('in') ? this.inList(key) : this.takeWord('between') ? this.between(key) : this.takeWord('like') ? this.like(key) : undefined;
    if (node) return negated ? plain((values) => !isNull(values[key]) && !node.test(values)) : node;
    if (negated) throw this.unexpected('IN, BETWEEN or LIKE');
    return this.compare(key, this.operator(), this.literal());
  }

  private inList(key: number): Node {
    this.expect('(');
    const wanted: Value[] = [];
    do wanted.push(this.literal());
    while (this.take(','));
    this.expect(')');
    const typed = wanted.map((value) => this.typed(key, value));
    return plain((values) => !isNull(values[key]) && typed.includes(this.typed(key, values[key]!)));
  }

  private between(key: number): Node {
    const low = this.compare(key, '>=', this.literal());
    this.expectWord('and');
    const high = this.compare(key, '<=', this.literal());
    return plain((values) => low.test(values) && high.test(values));
  }

  private like(key: number): Node {
    const pattern = String(this.literal()).replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('%', '[^]*').replaceAll('_', '[^]');
    const regex = new RegExp(`^${pattern}$`, 'u');
    return plain((values) => !isNull(values[key]) && regex.test(values[key]!));
  }

  private compare(key: number, operator: string, literal: Value): Node {
    const wanted = this.typed(key, literal);
    const test = COMPARE[operator]!;
    const equals = new Map(operator === '=' ? [[key, String(literal)] as const] : []);
    return { test: (values) => !isNull(values[key]) && test(this.typed(key, values[key]!), wanted), equals };
  }

  /** Numbers compare as numbers, everything else (dates and timestamps in ISO order too) as text. */
  private typed(key: number, value: Value): Value {
    const { Name, Type = 'string' } = this.keys[key]!;
    if (!NUMERIC.test(Type)) return String(value);
    const number = Number(value);
    if (Number.isNaN(number)) throw invalidInput(`Unsupported expression: '${value}' is not of the type ${Type} of the partition key ${Name}.`);
    return number;
  }

  private key(): number {
    const token = this.next();
    const index = token.kind === 'name' ? this.keys.findIndex(({ Name }) => Name === token.text.toLowerCase()) : -1;
    if (index < 0) {
      if (token.kind !== 'name') throw this.unexpected('a partition key', token);
      throw invalidInput(`Unsupported expression: ${token.text} is not a partition key; the keys are ${this.keys.map(({ Name }) => Name).join(', ')}.`);
    }
    return index;
  }

  private literal(): Value {
    const token = this.next();
    if (token.kind === 'string') return token.text;
    if (token.kind === 'number') return Number(token.text);
    // DATE '2024-01-01' and TIMESTAMP '…' are their text.
    if (token.kind === 'name' && /^(date|timestamp)$/i.test(token.text) && this.peek().kind === 'string') return this.next().text;
    throw this.unexpected('a value', token);
  }

  private operator(): string {
    const token = this.next();
    if (token.kind !== 'symbol' || !COMPARE[token.text]) throw this.unexpected('a comparison', token);
    return token.text;
  }

  private peek = (): Token => this.tokens[this.at]!;
  private next = (): Token => this.tokens[Math.min(this.at++, this.tokens.length - 1)]!;
  private isWord = (word: string) => this.peek().kind === 'name' && this.peek().text.toLowerCase() === word;

  private takeWord(word: string): boolean {
    const found = this.isWord(word);
    if (found) this.at++;
    return found;
  }
  private take(symbol: string): boolean {
    const found = this.peek().kind === 'symbol' && this.peek().text === symbol;
    if (found) this.at++;
    return found;
  }
  private expect(symbol: string): void {
    if (!this.take(symbol)) throw this.unexpected(`'${symbol}'`);
  }
  private expectWord(word: string): void {
    if (!this.takeWord(word)) throw this.unexpected(word.toUpperCase());
  }
  private unexpected(wanted: string, token: Token = this.peek()) {
    const found = token.kind === 'end' ? 'the end' : `'${token.text}'`;
    return invalidInput(`Unsupported expression: expected ${wanted} but found ${found} at position ${token.at + 1}.`);
  }
}

const COMPARE: Record<string, (a: Value, b: Value) => boolean> = {
  '=': (a, b) => a === b,
  '<>': (a, b) => a !== b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};
/** `1 < key` is `key > 1`. */
const MIRRORED: Record<string, string> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

const isNull = (value: string | undefined) => value === undefined || value === NULL_PARTITION;
