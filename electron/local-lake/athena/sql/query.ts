import { SqlError } from '../../../../shared/sql/errors.ts';
import type { Query, QueryBody, SortItem } from '../../../../shared/sql/query/ast.ts';
import type { TrinoType } from '../../../../shared/sql/hiveTypes.ts';
import { coerced } from './casts.ts';
import { checkComparable, groupKey } from './comparisons.ts';
import { Expressions, typedNull } from './expressions.ts';
import type { Place } from './expressions.ts';
import { relation, resolver } from './relations.ts';
import type { Source } from './relations.ts';
import type { Resolver } from './scope.ts';
import { select } from './select.ts';
import type { NamedResult, QueryResult, Statement } from './statement.ts';
import { commonType, isOrderable, mismatch, text } from './types.ts';

/** What comes after a query's body. */
export interface Tail {
  orderBy: SortItem[];
  /** ` LIMIT n OFFSET m`, ready. */
  limit: string;
}

/** Translates queries of one nesting: the names of WITH and of the enclosing query are the same for all its parts. */
export class QueryTranslator {
  readonly statement: Statement;
  readonly outer: Resolver;
  readonly named: Map<string, NamedResult>;
  /** Where unqualified table names are looked up: a view's own database inside a view. */
  readonly catalog: string;
  readonly database?: string;

  constructor(statement: Statement, outer: Resolver, named: Map<string, NamedResult>, home: { catalog: string; database?: string }) {
    this.statement = statement;
    this.outer = outer;
    this.named = named;
    this.catalog = home.catalog;
    this.database = home.database;
  }

  nested(outer: Resolver, named = this.named): QueryTranslator {
    return new QueryTranslator(this.statement, outer, named, this);
  }

  /** Where expressions of this query stand. */
  place(resolve: Resolver): Place {
    return { statement: this.statement, resolve, subquery: (query, outer) => this.nested(outer).query(query) };
  }

  /** A WITH query sees the WITH queries before it and nothing of the place where its name stands. */
  forNamed(named: NamedResult): QueryTranslator {
    return this.nested(() => undefined, named.named);
  }

  forView(catalog: string, database: string): QueryTranslator {
    return new QueryTranslator(this.statement, () => undefined, new Map(), { catalog, database });
  }

  query(query: Query): QueryResult {
    let named = this.named;
    for (const one of query.with) {
      if (query.with.some((other) => other !== one && other.name.name === one.name.name)) throw new SqlError('SYNTAX_ERROR', `WITH query name '${one.name.text}' specified more than once`, one);
      named = new Map(named).set(one.name.name, { query: one.query, columns: one.columns?.map((column) => column.name), named });
    }
    const inner = named === this.named ? this : this.nested(this.outer, named);
    if (query.withTies) throw new SqlError('NOT_SUPPORTED', 'FETCH FIRST WITH TIES is not supported', query);
    return inner.body(query.body, { orderBy: query.orderBy, limit: this.limit(query) });
  }

  private limit(query: Query): string {
    const count = (expr: Query['limit']): string => {
      const value = new Expressions({ statement: this.statement, resolve: () => undefined }).translate(expr!);
      return /^CAST\((\d+) AS/.exec(value.sql)?.[1] ?? value.sql;
    };
    return (query.limit ? ` LIMIT ${count(query.limit)}` : '') + (query.offset ? ` OFFSET ${count(query.offset)}` : '');
  }

  body(body: QueryBody, tail: Tail): QueryResult {
    if (body.kind === 'select') return select(this, body, tail);
    if (body.kind === 'query' && tail.orderBy.length === 0 && tail.limit === '') return this.query(body.query);
    const result = body.kind === 'query' ? this.query(body.query) : body.kind === 'values' ? this.values(body) : this.setOperation(body);
    return this.sorted(result, tail);
  }

  /** A result of anything but SELECT, ordered by its own columns. */
  private sorted(result: QueryResult, tail: Tail): QueryResult {
    if (tail.orderBy.length === 0 && tail.limit === '') return result;
    const alias = this.statement.alias('r');
    const fields = result.columns.map((column) => ({ name: column.name, sql: `${alias}.${column.sql}`, type: column.type }));
    const expressions = new Expressions(this.place(resolver(fields, this.outer)));
    const keys = tail.orderBy.map((item) => {
      const ordinal = ordinalOf(item, fields.length);
      return sortKey(ordinal === undefined ? expressions.translate(item.expr) : fields[ordinal]!, item);
    });
    const order = keys.length > 0 ? ` ORDER BY ${keys.join(', ')}` : '';
    return { ...result, duckdb: `SELECT * FROM (${result.duckdb}) AS ${alias}${order}${tail.limit}` };
  }

  private values(body: Extract<QueryBody, { kind: 'values' }>): QueryResult {
    const expressions = new Expressions({ ...this.place(this.outer), noAggregates: 'VALUES', noWindows: 'VALUES' });
    const rows = body.rows.map((row) => (row.kind === 'row' ? row.items : [row]).map((item) => expressions.translate(item)));
    const width = rows[0]!.length;
    const types = rows[0]!.map((cell) => cell.type);
    for (const [i, row] of rows.entries()) {
      if (row.length !== width) throw mismatch(`Values rows have mismatched sizes: ${width} vs ${row.length}`, body.rows[i]!);
      row.forEach((cell, c) => {
        const type = commonType(types[c]!, cell.type);
        if (!type) throw mismatch(`Values rows have mismatched types: ${text(types[c]!)} vs ${text(cell.type)}`, body.rows[i]!);
        types[c] = type;
      });
    }
    const alias = this.statement.alias('r');
    const columns = types.map((type, i) => ({ sql: `c${i}`, type }));
    const list = rows.map((row) => `(${row.map((cell, c) => typedNull(coerced(cell, types[c]!))).join(', ')})`).join(', ');
    return { duckdb: `SELECT * FROM (VALUES ${list}) AS ${alias}(${columns.map((column) => column.sql).join(', ')})`, columns };
  }

  private setOperation(body: Extract<QueryBody, { kind: 'setOperation' }>): QueryResult {
    const none: Tail = { orderBy: [], limit: '' };
    const [left, right] = [this.body(body.left, none), this.body(body.right, none)];
    if (left.columns.length !== right.columns.length) {
      throw mismatch(`${body.operator.toUpperCase()} query has different number of fields: ${left.columns.length}, ${right.columns.length}`, body);
    }
    const columns = left.columns.map((column, i) => {
      const other = right.columns[i]!;
      const type = commonType(column.type, other.type);
      if (!type) throw mismatch(`column ${i + 1} in ${body.operator.toUpperCase()} query has incompatible types: ${text(column.type)}, ${text(other.type)}`, body);
      if (body.distinct || body.operator !== 'union') checkDistinct(type, body);
      return { name: column.name, sql: `c${i}`, type };
    });
    const verb = `${body.operator.toUpperCase()}${body.distinct ? '' : ' ALL'}`;
    return { duckdb: `${this.aligned(left, columns)} ${verb} ${this.aligned(right, columns)}`, columns };
  }

  private aligned(result: QueryResult, columns: { type: TrinoType }[]): string {
    const alias = this.statement.alias('r');
    const list = result.columns.map((column, i) => `${coerced({ sql: `${alias}.${column.sql}`, type: column.type }, columns[i]!.type).sql} AS c${i}`);
    return `(SELECT ${list.join(', ')} FROM (${result.duckdb}) AS ${alias})`;
  }

  source(from: Parameters<typeof relation>[1] | undefined): Source {
    return from ? relation(this, from, []) : { sql: '', fields: [] };
  }
}

/** The zero-based column that `ORDER BY 2` means; undefined when the key is an expression. */
export function ordinalOf(item: SortItem, width: number): number | undefined {
  if (item.expr.kind !== 'integer') return undefined;
  const ordinal = Number(item.expr.value);
  if (ordinal < 1 || ordinal > width) throw new SqlError('INVALID_COLUMN_REFERENCE', `ORDER BY position ${ordinal} is not in select list`, item.expr);
  return ordinal - 1;
}

/** One key of ORDER BY: Trino puts NULLs last both ways unless told otherwise. */
export function sortKey(value: { sql: string; type: TrinoType }, item: SortItem): string {
  if (!isOrderable(value.type)) throw mismatch(`Type ${text(value.type)} is not orderable, and therefore cannot be used in ORDER BY: ${text(value.type)}`, item.expr);
  if (value.type.kind === 'unknown') return 'CAST(NULL AS INTEGER)';
  return `${groupKey(value)} ${item.descending ? 'DESC' : 'ASC'} NULLS ${item.nullsFirst ? 'FIRST' : 'LAST'}`;
}

/** Values that are told apart (DISTINCT, GROUP BY, set operations) must be of types DuckDB tells apart as Trino does. */
export function checkDistinct(type: TrinoType, at: { line: number; column: number }): void {
  checkComparable(type, at);
  if (type.kind === 'timestamp with time zone') throw new SqlError('NOT_SUPPORTED', 'DISTINCT and GROUP BY of timestamp with time zone are not supported; cast it to timestamp', at);
}
