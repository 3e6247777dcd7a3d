import type { TrinoErrorName } from '../../../../shared/sql/errors.ts';
import { literal } from './types.ts';

/**
 * An expression of any type that fails the query when it is evaluated. `depends` must be an expression of the row:
 * DuckDB evaluates constants while it plans, where a branch that is never taken would fail.
 */
export function fail(name: TrinoErrorName, message: string, depends: string): string {
  return `CASE WHEN trino_fail(${literal(`!${name}: ${message}`)}, CAST(${depends} AS VARCHAR)) THEN NULL END`;
}
