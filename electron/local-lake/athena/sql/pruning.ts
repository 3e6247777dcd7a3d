import { SqlError } from '../../../../shared/sql/errors.ts';
import type { Expr } from '../../../../shared/sql/query/ast.ts';
import { Expressions } from './expressions.ts';
import type { SourceField } from './relations.ts';
import { Scope } from './scope.ts';
import type { OpenRead, Statement } from './statement.ts';
import { quote } from './types.ts';
import { callsIn, conjuncts, hasSubquery } from './walk.ts';

const changing = new Set(['random', 'rand', 'uuid', 'shuffle']);

/** Gives every table the conditions of WHERE that speak of its partition columns alone. */
export function prune(statement: Statement, fields: SourceField[], where: Expr): void {
  const scope = new Scope(fields);
  for (const condition of conjuncts(where)) {
    if (hasSubquery(condition) || callsIn(condition).some((call) => changing.has(call.name))) continue;
    const reads = new Set<OpenRead | undefined>();
    const expressions = new Expressions({
      statement,
      resolve: (parts) => {
        const found = scope.find(parts);
        const field = found?.field as SourceField | undefined;
        reads.add(field?.partitionOf);
        if (!found || !field?.partitionOf) return undefined;
        return { value: { sql: quote(field.name!), type: field.type }, used: found.used };
      },
    });
    const sql = attempt(() => expressions.condition(condition));
    const [read] = reads;
    // A condition that can fail might do so for a partition that the query itself never reads.
    if (sql === undefined || sql.includes('trino_fail(') || reads.size !== 1 || !read) continue;
    read.partitionPredicate = read.partitionPredicate === undefined ? sql : `${read.partitionPredicate} AND ${sql}`;
  }
}

/** A condition that does not translate over partition columns alone simply prunes nothing. */
function attempt(translate: () => string): string | undefined {
  try {
    return translate();
  } catch (error) {
    if (error instanceof SqlError) return undefined;
    throw error;
  }
}
