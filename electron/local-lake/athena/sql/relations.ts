import { SqlError } from '../../../../shared/sql/errors.ts';
import { parseHiveType } from '../../../../shared/sql/hiveTypes.ts';
import type { Identifier, Relation } from '../../../../shared/sql/query/ast.ts';
import { parseQuery } from '../../../../shared/sql/query/parse.ts';
import type { TrinoType } from '../../../../shared/sql/hiveTypes.ts';
import { coerce } from './casts.ts';
import { compare } from './comparisons.ts';
import type { CatalogTable } from './context.ts';
import { Expressions } from './expressions.ts';
import type { QueryTranslator } from './query.ts';
import { Scope } from './scope.ts';
import type { Field, Resolver } from './scope.ts';
import type { OpenRead, QueryResult } from './statement.ts';
import { BIGINT, commonType, fieldName, literal, mismatch, quote, text } from './types.ts';

/** A FROM item: DuckDB's SQL for it and the columns it offers. */
export interface Source {
  sql: string;
  fields: SourceField[];
}

export interface SourceField extends Field {
  /** The table a partition column belongs to, while it is safe to prune by it (not on an outer join's empty side). */
  partitionOf?: OpenRead;
}

/** What names mean to an expression beside `fields`, then in the enclosing query. */
export function resolver(fields: Field[], outer: Resolver): Resolver {
  const scope = new Scope(fields);
  return (parts) => {
    const found = scope.find(parts);
    if (!found) return outer(parts);
    found.field.use?.();
    return { value: { sql: found.field.sql, type: found.field.type }, used: found.used };
  };
}

export function relation(query: QueryTranslator, from: Relation, left: SourceField[]): Source {
  switch (from.kind) {
    case 'table':
      return table(query, from.name, from);
    case 'derived':
      return derived(query, query.nested(resolver(from.lateral ? left : [], query.outer)).query(from.query), from.lateral);
    case 'unnest':
      return unnest(query, from, left);
    case 'aliased':
      return aliased(relation(query, from.relation, left), from.alias, from.columns);
    case 'join':
      return join(query, from, left);
  }
}

function derived(query: QueryTranslator, result: QueryResult, lateral: boolean, qualifier?: string[]): Source {
  const alias = query.statement.alias('r');
  const fields = result.columns.map((column) => ({ name: column.name, qualifier, sql: `${alias}.${column.sql}`, type: column.type }));
  return { sql: `${lateral ? 'LATERAL ' : ''}(${result.duckdb}) AS ${alias}`, fields };
}

function table(query: QueryTranslator, name: Identifier[], at: Relation): Source {
  const named = name.length === 1 ? query.named.get(name[0]!.name) : undefined;
  if (named) {
    const result = query.forNamed(named).query(named.query);
    if (named.columns && named.columns.length !== result.columns.length) {
      throw new SqlError('MISMATCHED_COLUMN_ALIASES', `Column alias list has ${named.columns.length} entries but WITH query(${name[0]!.name}) has ${result.columns.length} columns`, at);
    }
    const columns = result.columns.map((column, i) => ({ ...column, name: named.columns?.[i] ?? column.name }));
    return derived(query, { ...result, columns }, false, [name[0]!.name]);
  }
  if (name.length > 3) throw new SqlError('SYNTAX_ERROR', `Too many dots in table name: ${name.map((part) => part.name).join('.')}`, at);
  const [tableName, database = query.database, catalog = query.catalog] = name.map((part) => part.name).reverse();
  if (database === undefined) throw new SqlError('NOT_SUPPORTED', 'Schema must be specified when session schema is not set', at);
  const found = query.statement.table(catalog!, database, tableName!);
  const qualifier = [catalog!, database, tableName!];
  if (!found) throw new SqlError('TABLE_NOT_FOUND', `Table '${qualifier.join('.')}' does not exist`, at);
  if (found.kind === 'view') return view(query, found, qualifier, at);
  return baseTable(query, found, qualifier);
}

function view(query: QueryTranslator, found: CatalogTable, qualifier: string[], at: Relation): Source {
  try {
    const result = query.forView(qualifier[0]!, qualifier[1]!).query(parseQuery(found.viewSql ?? ''));
    return derived(query, result, false, qualifier);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    throw new SqlError('INVALID_VIEW', `Failed analyzing stored view '${qualifier.join('.')}': ${error.message}`, at);
  }
}

function baseTable(query: QueryTranslator, found: CatalogTable, qualifier: string[]): Source {
  const alias = query.statement.alias('r');
  const all = [...found.columns, ...found.partitionKeys];
  const read: OpenRead = {
    catalog: qualifier[0]!, database: qualifier[1]!, table: qualifier[2]!, relation: query.statement.alias('__t'),
    columns: all.map((column) => column.name.toLowerCase()), usesPath: false, used: new Set(),
  };
  query.statement.reads.push(read);
  const fields = all.map((column, i): SourceField => {
    const name = column.name.toLowerCase();
    const { type, unsupported } = columnType(column.type);
    const use = (): void => {
      if (unsupported) throw new SqlError('NOT_SUPPORTED', `Column '${name}' of table '${qualifier.slice(1).join('.')}' has type ${column.type}: ${unsupported}`);
      read.used.add(name);
    };
    return { name, qualifier, sql: `${alias}.${quote(name)}`, type, use, ...(i >= found.columns.length ? { partitionOf: read } : {}) };
  });
  const usePath = (): void => void (read.usesPath = true);
  fields.push({ name: '$path', qualifier, sql: `${alias}."$path"`, type: { kind: 'varchar' }, hidden: true, use: usePath });
  return { sql: `${read.relation} AS ${alias}`, fields };
}

function columnType(hive: string): { type: TrinoType; unsupported?: string } {
  try {
    const type = parseHiveType(hive);
    if (type.kind === 'char') return { type, unsupported: 'char columns are not supported' };
    return { type };
  } catch (error) {
    return { type: { kind: 'unknown' }, unsupported: (error as Error).message };
  }
}

function aliased(source: Source, alias: Identifier, columns: Identifier[] | undefined): Source {
  const visible = source.fields.filter((field) => !field.hidden);
  if (columns && columns.length !== visible.length) {
    throw new SqlError('MISMATCHED_COLUMN_ALIASES', `Column alias list has ${columns.length} entries but '${alias.name}' has ${visible.length} columns available`, alias);
  }
  const fields = source.fields.map((field) => ({ ...field, qualifier: [alias.name], name: columns && !field.hidden ? columns[visible.indexOf(field)]!.name : field.name }));
  return { sql: source.sql, fields };
}

function unnest(query: QueryTranslator, from: Extract<Relation, { kind: 'unnest' }>, left: SourceField[]): Source {
  const expressions = new Expressions({ ...query.place(resolver(left, query.outer)), noAggregates: 'UNNEST', noWindows: 'UNNEST' });
  const alias = query.statement.alias('r');
  const parts: string[] = [];
  const lengths: string[] = [];
  const fields: SourceField[] = [];
  const add = (list: string): string => {
    parts.push(`unnest(${list}) AS u${parts.length}`);
    return `${alias}.u${parts.length - 1}`;
  };
  for (const expr of from.exprs) {
    const { sql, type } = expressions.translate(expr);
    lengths.push(type.kind === 'map' ? `coalesce(CAST(cardinality(${sql}) AS BIGINT), 0)` : `coalesce(len(${sql}), 0)`);
    if (type.kind === 'map') {
      fields.push({ sql: add(`map_keys(${sql})`), type: type.key }, { sql: add(`map_values(${sql})`), type: type.value });
    } else if (type.kind === 'array' && type.element.kind === 'row') {
      const row = add(sql);
      type.element.fields.forEach((f, i) => fields.push({ name: f.name, sql: `struct_extract(${row}, ${literal(fieldName(f.name, i))})`, type: f.type }));
    } else if (type.kind === 'array') fields.push({ sql: add(sql), type: type.element });
    else throw mismatch(`Cannot unnest type: ${text(type)}`, expr);
  }
  if (from.ordinality) {
    fields.push({ name: 'ordinality', sql: add(`range(1, greatest(${lengths.join(', ')}) + 1)`), type: BIGINT });
  }
  return { sql: `LATERAL (SELECT ${parts.join(', ')}) AS ${alias}`, fields };
}

function join(query: QueryTranslator, from: Extract<Relation, { kind: 'join' }>, outerLeft: SourceField[]): Source {
  const left = relation(query, from.left, outerLeft);
  const right = relation(query, from.right, [...left.fields, ...outerLeft]);
  if (from.type === 'cross') return { sql: `${left.sql} CROSS JOIN ${grouped(from.right, right)}`, fields: [...left.fields, ...right.fields] };
  const keep = (fields: SourceField[], emptySide: boolean): SourceField[] => (emptySide ? fields.map(({ partitionOf: _, ...field }) => field) : fields);
  const lefts = keep(left.fields, from.type === 'right' || from.type === 'full');
  const rights = keep(right.fields, from.type === 'left' || from.type === 'full');
  const head = `${left.sql} ${from.type.toUpperCase()} JOIN ${grouped(from.right, right)} ON `;
  if (from.using) return joinUsing(head, lefts, rights, from.using, from.type);
  const expressions = new Expressions({ ...query.place(resolver([...lefts, ...rights], query.outer)), noAggregates: 'JOIN clause', noWindows: 'JOIN clause' });
  return { sql: head + expressions.condition(from.on!, 'JOIN ON clause'), fields: [...lefts, ...rights] };
}

/** A join on the right-hand side keeps its parentheses. */
function grouped(from: Relation, source: Source): string {
  return from.kind === 'join' ? `(${source.sql})` : source.sql;
}

function joinUsing(head: string, left: SourceField[], right: SourceField[], using: Identifier[], type: string): Source {
  const conditions: string[] = [];
  const merged: SourceField[] = [];
  const hidden = new Set<SourceField>();
  for (const column of using) {
    const side = (fields: SourceField[], which: string): SourceField => {
      const found = new Scope(fields).find([column])?.field;
      if (!found) throw new SqlError('COLUMN_NOT_FOUND', `Column '${column.text}' is missing from ${which} side of join`, column);
      found.use?.();
      return found as SourceField;
    };
    const [l, r] = [side(left, 'left'), side(right, 'right')];
    conditions.push(compare('=', l, r, column).sql);
    const common = commonType(l.type, r.type)!;
    const [ls, rs] = [coerce(l, common), coerce(r, common)];
    merged.push({ name: column.name, sql: type === 'full' ? `coalesce(${ls}, ${rs})` : type === 'right' ? rs : ls, type: common });
    hidden.add(l).add(r);
  }
  const rest = [...left, ...right].filter((field) => !hidden.has(field));
  return { sql: head + conditions.join(' AND '), fields: [...merged, ...rest] };
}
