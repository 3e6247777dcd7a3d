/** The error names of Trino (`StandardErrorCode`) that the local engine and the editor tell apart. */
export type TrinoErrorName =
  | 'SYNTAX_ERROR'
  | 'COLUMN_NOT_FOUND'
  | 'AMBIGUOUS_NAME'
  | 'DUPLICATE_COLUMN_NAME'
  | 'FUNCTION_NOT_FOUND'
  | 'TYPE_MISMATCH'
  | 'TYPE_NOT_FOUND'
  | 'TABLE_NOT_FOUND'
  | 'SCHEMA_NOT_FOUND'
  | 'CATALOG_NOT_FOUND'
  | 'NOT_SUPPORTED'
  | 'EXPRESSION_NOT_AGGREGATE'
  | 'EXPRESSION_NOT_SCALAR'
  | 'NESTED_AGGREGATION'
  | 'MISMATCHED_COLUMN_ALIASES'
  | 'MISSING_COLUMN_NAME'
  | 'INVALID_COLUMN_REFERENCE'
  | 'INVALID_PARAMETER_USAGE'
  | 'INVALID_ARGUMENTS'
  | 'INVALID_LITERAL'
  | 'INVALID_VIEW'
  | 'INVALID_WINDOW_FRAME'
  | 'MISSING_OVER'
  | 'DIVISION_BY_ZERO'
  | 'NUMERIC_VALUE_OUT_OF_RANGE'
  | 'INVALID_CAST_ARGUMENT'
  | 'INVALID_FUNCTION_ARGUMENT'
  | 'SUBQUERY_MULTIPLE_ROWS'
  | 'GENERIC_INTERNAL_ERROR';

/**
 * A statement that cannot run, in Athena's words. `line` and `column` are one-based positions in the text that was
 * given to the parser; `message` already carries them as `line L:C: …` where Trino's own message does.
 */
export class SqlError extends Error {
  readonly trinoName: TrinoErrorName;
  readonly line?: number;
  readonly column?: number;

  constructor(trinoName: TrinoErrorName, message: string, at?: { line: number; column: number }) {
    super(at ? `line ${at.line}:${at.column}: ${message}` : message);
    this.name = 'SqlError';
    this.trinoName = trinoName;
    this.line = at?.line;
    this.column = at?.column;
  }
}
