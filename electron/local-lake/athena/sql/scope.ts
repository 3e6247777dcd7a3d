import { SqlError } from '../../../../shared/sql/errors.ts';
import type { At, Identifier } from '../../../../shared/sql/query/ast.ts';
import type { TrinoType } from '../../../../shared/sql/hiveTypes.ts';
import type { Typed } from './types.ts';

/** A column that an expression can name. */
export interface Field {
  /** Lower case; none for an expression without an alias. */
  name?: string;
  /** The relation's name: its alias, or catalog, database and table. */
  qualifier?: string[];
  /** How DuckDB's SQL names it. */
  sql: string;
  type: TrinoType;
  /** Hidden ones ("$path") are found by name but are no part of `*`. */
  hidden?: boolean;
  /** Told when the column is used, so that only used columns are read. */
  use?: () => void;
}

/** What names mean at one place of a query; `parent` is the enclosing query, for correlated subqueries. */
export class Scope {
  readonly fields: Field[];
  readonly parent?: Scope;

  constructor(fields: Field[], parent?: Scope) {
    this.fields = fields;
    this.parent = parent;
  }

  /** The field that `name` or `relation.name` means and how many parts of the name it took; undefined when there is none here. */
  find(parts: Identifier[]): { field: Field; used: number } | undefined {
    for (let used = Math.min(parts.length, 4); used >= 1; used--) {
      const wanted = parts[used - 1]!.name;
      const qualifier = parts.slice(0, used - 1).map((part) => part.name);
      const found = this.fields.filter((field) => field.name === wanted && endsWith(field.qualifier, qualifier));
      if (found.length > 1) throw ambiguous(parts);
      if (found[0]) return { field: found[0], used };
    }
    return undefined;
  }
}

function ambiguous(parts: Identifier[]): SqlError {
  return new SqlError('AMBIGUOUS_NAME', `Column '${parts.map((part) => part.text).join('.')}' is ambiguous`, parts[0]);
}

function endsWith(qualifier: string[] | undefined, wanted: string[]): boolean {
  if (wanted.length === 0) return true;
  if (!qualifier || qualifier.length < wanted.length) return false;
  return wanted.every((part, i) => qualifier[qualifier.length - wanted.length + i] === part);
}

export function columnNotFound(parts: Identifier[], at: At): SqlError {
  return new SqlError('COLUMN_NOT_FOUND', `Column '${parts.map((part) => part.text).join('.')}' cannot be resolved`, at);
}

/** How a name is read in an expression; grouped queries and lambdas have readings of their own. */
export type Resolver = (parts: Identifier[]) => { value: Typed; used: number } | undefined;
