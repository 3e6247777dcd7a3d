import type { StatementText } from '../../../shared/sql/statements.ts';
import type { Execution } from './useRunner.ts';

/** A statement with its place in the editor's text, line and column one-based. */
export interface PlacedStatement extends StatementText {
  startColumn: number;
  /** Literals for its `?`, in order. */
  parameters?: string[] | undefined;
  /** The text as it was written, where it had parameters. */
  written?: string | undefined;
}

/** The places of statements in the text they were taken from, before it is edited further. */
export const placeIn = (whole: string, statements: StatementText[]): PlacedStatement[] =>
  statements.map((statement) => ({ ...statement, startColumn: statement.start - whole.lastIndexOf('\n', statement.start - 1) }));

/**
 * Where in the editor's text the engine's error is, one-based: the engine counts within the statement it was given.
 * null where it named no place or the statement's own place is not known.
 */
export function errorPlace({ statement, run }: Pick<Execution, 'statement' | 'run'>): { line: number; column: number } | null {
  const error = run?.error;
  if (!statement || error?.line === undefined) return null;
  const column = error.column ?? 1;
  return { line: statement.startLine + error.line - 1, column: Math.max(1, error.line === 1 ? column + statement.startColumn - 1 : column) };
}
