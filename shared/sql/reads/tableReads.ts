import { SqlError } from '../errors.ts';
import type { At, Expr, Identifier, NamedQuery, Query, QueryBody, Relation, Select } from '../query/ast.ts';
import { columnsMentioned, directReads, selects, subqueries } from './walk.ts';

/** One time that a statement reads a table or view. A table that is named twice is read twice. */
export interface TableRead {
  /** `[[catalog,] database,] table`, as written, in lower case. */
  name: string[];
  /** Where the name stands in the statement (inside a view: where the view is named), one-based; `length` in UTF-16 units. */
  at: At & { length: number };
  /** What the statement calls it: the alias, or its own name. */
  alias: string;
  /** Columns the query can need of it, in lower case; more than it does, never less. */
  columns: 'all' | ReadonlySet<string>;
  /** The WHERE that every row of it must pass; absent where rows are wanted that do not (the optional side of an outer join). */
  where?: Expr;
}

/** WITH names in sight, each with those that were in sight where it was written. */
type Named = ReadonlyMap<string, { named: NamedQuery; scope: Named }>;

/** A query that names its WITH queries in each other can multiply without end. */
const MOST_READS = 500;

/**
 * Every table a query reads, as often as it does: WITH queries count wherever they are named, for the engine runs them
 * anew each time. SqlError NOT_SUPPORTED where it reads more than 500.
 */
export function tableReads(query: Query): TableRead[] {
  const mentioned = columnsMentioned(query);
  const reads: TableRead[] = [];
  ofQuery(query, new Map());
  return reads;

  function ofQuery({ with: named, body, ...rest }: Query, outer: Named): void {
    let scope = outer;
    for (const one of named) scope = new Map([...scope, [one.name.name, { named: one, scope }]]);
    ofBody(body, scope);
    for (const inner of subqueries(rest)) ofQuery(inner, scope);
  }

  function ofBody(body: QueryBody, scope: Named): void {
    if (body.kind === 'query') ofQuery(body.query, scope);
    else if (body.kind === 'values') subqueries(body.rows).forEach((inner) => ofQuery(inner, scope));
    else if (body.kind === 'setOperation') {
      ofBody(body.left, scope);
      ofBody(body.right, scope);
    } else {
      if (body.from) ofRelation(body.from, body, scope, { optional: false });
      const { from: _, ...rest } = body;
      for (const inner of subqueries(rest)) ofQuery(inner, scope);
    }
  }

  function ofRelation(relation: Relation, select: Select, scope: Named, how: { optional: boolean; alias?: Identifier; renamed?: boolean }): void {
    switch (relation.kind) {
      case 'derived':
        return ofQuery(relation.query, scope);
      case 'unnest':
        return subqueries(relation.exprs).forEach((inner) => ofQuery(inner, scope));
      case 'aliased':
        return ofRelation(relation.relation, select, scope, { ...how, alias: relation.alias, renamed: relation.columns !== undefined });
      case 'join': {
        const { type, left, right } = relation;
        ofRelation(left, select, scope, { optional: how.optional || type === 'right' || type === 'full' });
        ofRelation(right, select, scope, { optional: how.optional || type === 'left' || type === 'full' });
        return relation.on ? subqueries(relation.on).forEach((inner) => ofQuery(inner, scope)) : undefined;
      }
      case 'table': {
        const inSight = relation.name.length === 1 ? scope.get(relation.name[0]!.name) : undefined;
        if (inSight) return ofQuery(inSight.named.query, inSight.scope);
        add(relation.name, select, how);
      }
    }
  }

  function add(name: Identifier[], select: Select, how: { optional: boolean; alias?: Identifier; renamed?: boolean }): void {
    if (reads.length >= MOST_READS) throw new SqlError('NOT_SUPPORTED', `The query reads tables more than ${MOST_READS} times`);
    const parts = name.map((part) => part.name);
    const alias = how.alias?.name ?? parts.at(-1)!;
    const all = how.renamed === true || selects(select, how.alias ? [alias] : parts);
    const [first, last] = [name[0]!, name.at(-1)!];
    // A quoted name is as long as its text and two quotes; one that holds quotes itself is marked a little short.
    const length = last.line === first.line ? last.column - first.column + last.text.length : first.text.length;
    reads.push({
      name: parts,
      at: { line: first.line, column: first.column, length },
      alias,
      columns: all ? 'all' : mentioned,
      ...(how.optional || !select.where || !isPlain(select, alias) ? {} : { where: select.where }),
    });
  }
}

/** Whether an alias names one relation of FROM only, and no USING hides whose column a name is. */
function isPlain({ from }: Select, alias: string): boolean {
  const { aliases, using } = directReads(from!);
  return !using && aliases.filter((one) => one === alias).length === 1;
}
