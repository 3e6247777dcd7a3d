import { SqlError } from '../errors.ts';
import { parseHiveType } from '../hiveTypes.ts';
import type { TokenStream } from '../tokenStream.ts';
import type { ColumnDefinition, InnerSql, Name, PartitionValue, PropertyValue, QualifiedName } from './ast.ts';

/** One name: a word (lower-cased), a backquoted or double-quoted name. Keywords are accepted: Hive knows few reserved ones. */
export function name(s: TokenStream): Name {
  const token = s.peek();
  const quotedAsString = token.kind === 'string' && token.text.startsWith('"');
  if (token.kind !== 'word' && token.kind !== 'quoted' && !quotedAsString) {
    s.note('<identifier>');
    s.fail();
  }
  s.next();
  return { name: (token.kind === 'word' ? token.text : token.value).toLowerCase(), start: token.start, end: token.end, line: token.line, column: token.column };
}

export function qualifiedName(s: TokenStream): QualifiedName {
  const parts = [name(s)];
  while (s.take('.')) parts.push(name(s));
  if (parts.length > 3) throw new SqlError('SYNTAX_ERROR', `Too many dots in name: ${parts.map((p) => p.name).join('.')}`, parts[0]);
  return { parts };
}

/** `COMMENT 'text'`, where it stands. */
export function comment(s: TokenStream): string | undefined {
  if (!s.is('COMMENT') || s.peek(1).kind !== 'string') return undefined;
  s.next();
  return s.string();
}

/** The extent of a type in the text, checked; the answer is Glue's spelling (lower case, no spaces). */
export function hiveType(s: TokenStream): string {
  const from = s.peek();
  if (from.kind !== 'word') {
    s.note('<type>');
    s.fail();
  }
  s.next();
  let depth = 0;
  let text = from.text;
  while (depth > 0 || s.is('<') || s.is('(')) {
    const token = s.next();
    if (token.kind === 'end') s.fail();
    // The lexer joins `>=` and `<>`; in types they cannot stand, and `>>` never joins.
    if (token.value === '<' || token.value === '(') depth++;
    if (token.value === '>' || token.value === ')') depth--;
    text += token.kind === 'word' && /[\p{L}\p{N}_]$/u.test(text) ? ` ${token.text}` : token.text;
  }
  try {
    parseHiveType(text);
  } catch (error) {
    throw new SqlError('SYNTAX_ERROR', (error as Error).message, from);
  }
  return text.replace(/`/g, '').toLowerCase();
}

/** `(name type [COMMENT 'x'], …)` */
export function columns(s: TokenStream): ColumnDefinition[] {
  const found: ColumnDefinition[] = [];
  s.expect('(');
  do found.push(columnDefinition(s));
  while (s.take(','));
  s.expect(')');
  const seen = new Set<string>();
  for (const column of found) {
    if (seen.has(column.name)) throw new SqlError('DUPLICATE_COLUMN_NAME', `Duplicate column name: ${column.name}`, column);
    seen.add(column.name);
  }
  return found;
}

export function columnDefinition(s: TokenStream): ColumnDefinition {
  const { name: column, line, column: at } = name(s);
  s.take(':');
  const type = hiveType(s);
  const said = comment(s);
  return { name: column, type, ...(said === undefined ? {} : { comment: said }), line, column: at };
}

/** `('key'='value', …)` */
export function stringProperties(s: TokenStream): Record<string, string> {
  const found: Record<string, string> = {};
  s.expect('(');
  do {
    const key = s.string();
    s.expect('=');
    const token = s.peek();
    if (token.kind === 'integer' || token.kind === 'decimal' || s.isOneOf('TRUE', 'FALSE')) found[key] = s.next().text;
    else found[key] = s.string();
  } while (s.take(','));
  s.expect(')');
  return found;
}

/** `(key = value, …)` of CTAS and UNLOAD: strings, numbers, booleans, ARRAY[…]. Keys in lower case. */
export function typedProperties(s: TokenStream): Record<string, PropertyValue> {
  const found: Record<string, PropertyValue> = {};
  s.expect('(');
  do {
    const key = s.peek().kind === 'string' ? s.string().toLowerCase() : name(s).name;
    s.expect('=');
    found[key] = propertyValue(s);
  } while (s.take(','));
  s.expect(')');
  return found;
}

function propertyValue(s: TokenStream): PropertyValue {
  if (s.take('TRUE')) return true;
  if (s.take('FALSE')) return false;
  if (s.take('ARRAY')) {
    const items: PropertyValue[] = [];
    s.expect('[');
    if (!s.is(']')) do items.push(propertyValue(s)); while (s.take(','));
    s.expect(']');
    return items;
  }
  const negative = s.take('-');
  const token = s.peek();
  if (token.kind === 'integer' || token.kind === 'decimal' || token.kind === 'double') return Number(s.next().value) * (negative ? -1 : 1);
  return s.string();
}

const comparisons = ['=', '<>', '<', '<=', '>', '>='] as const;

/** `(col = 'value', …)` of a PARTITION clause; other comparisons only where `anyComparison`. */
export function partitionSpec(s: TokenStream, anyComparison = false): PartitionValue[] {
  const found: PartitionValue[] = [];
  s.expect('(');
  do {
    const column = name(s).name;
    const operator = comparisons.find((op) => s.is(op));
    if (!operator || (operator !== '=' && !anyComparison)) s.fail();
    s.next();
    found.push({ column, operator, value: partitionValue(s) });
  } while (s.take(','));
  s.expect(')');
  return found;
}

function partitionValue(s: TokenStream): string {
  if (s.take('DATE') || s.take('TIMESTAMP')) return s.string();
  const negative = s.take('-') ? '-' : '';
  const token = s.peek();
  if (token.kind === 'integer' || token.kind === 'decimal') return negative + s.next().text;
  if (s.isOneOf('TRUE', 'FALSE')) return s.next().text.toLowerCase();
  return s.string();
}

/** The text from `start` to `end` (default: the end of the statement) with the rest of the statement blanked out. */
export function innerSql(s: TokenStream, start: number, end = s.text.trimEnd().replace(/;\s*$/, '').length): InnerSql {
  const blank = s.text.slice(0, start).replace(/[^\n]/g, ' ');
  return { sql: blank + s.text.slice(start, end), start, end };
}

/** Skips a balanced `( … )` and answers the text inside. */
export function parenthesized(s: TokenStream): InnerSql {
  s.expect('(');
  const start = s.peek().start;
  for (let depth = 1; ; ) {
    const token = s.next();
    if (token.kind === 'end') s.fail();
    if (token.kind !== 'op') continue;
    if (token.value === '(') depth++;
    if (token.value === ')' && --depth === 0) return innerSql(s, start, token.start);
  }
}
