import { withMarks } from '../../../shared/sql/parameters.ts';
import { splitStatements } from '../../../shared/sql/statements.ts';
import { columnOf, inWholeText, type Problem } from './problem.ts';

interface Found {
  line: number;
  column: number;
  message: string;
}

/** Statements asked about in one text. */
const MOST = 50;
const MOST_REMEMBERED = 500;

/**
 * The syntax errors of a text as the engine itself reads its statements, one after the other; `ask` answers with the first
 * error of one. What was asked once is remembered.
 */
export function engineProblems(ask: (sql: string) => Promise<Found | null>): (text: string) => Promise<Problem[]> {
  const known = new Map<string, Found | null>();
  return async (text) => {
    const problems: Problem[] = [];
    for (const statement of splitStatements(text).slice(0, MOST)) {
      const sql = withMarks(statement.text);
      let found = known.get(sql);
      if (found === undefined) {
        found = await ask(sql);
        if (known.size >= MOST_REMEMBERED) known.clear();
        known.set(sql, found);
      }
      if (found) problems.push(inWholeText(markOf(statement.text, found), { startLine: statement.startLine, startColumn: columnOf(text, statement.start) }));
    }
    return problems;
  };
}

/** The word at the place, or what is left of the line's end. */
function markOf(sql: string, { line, column, message }: Found): Problem {
  const rest = sql.split('\n')[line - 1]?.slice(column - 1) ?? '';
  const length = /^(?:[\p{L}\p{N}_$]+|\S)/u.exec(rest)?.[0].length;
  const startColumn = length === undefined ? Math.max(1, column - 1) : column;
  return { startLine: line, startColumn, endLine: line, endColumn: startColumn + (length ?? 1), message };
}
