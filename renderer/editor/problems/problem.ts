/** A mark in the editor, one-based, end column exclusive, in the coordinates of the whole text. */
export interface Problem {
  startLine: number;
  startColumn: number;
  endLine: number;
  endColumn: number;
  message: string;
}

/** A parser's finding in the coordinates of its statement, as marks of the text the statement stands in. */
export function inWholeText(problem: Problem, statement: { startLine: number; startColumn: number }): Problem {
  const column = (line: number, value: number) => (line === 1 ? value + statement.startColumn - 1 : value);
  return {
    ...problem,
    startLine: problem.startLine + statement.startLine - 1,
    endLine: problem.endLine + statement.startLine - 1,
    startColumn: column(problem.startLine, problem.startColumn),
    endColumn: column(problem.endLine, problem.endColumn),
  };
}

/** One-based column of an offset in a text. */
export const columnOf = (text: string, offset: number): number => offset - (text.lastIndexOf('\n', offset - 1) + 1) + 1;
