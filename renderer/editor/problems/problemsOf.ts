import { TrinoSQL } from 'dt-sql-parser/dist/parser/trino';
import { parseDdl } from '../../../shared/sql/ddl/parse.ts';
import { ddlProblems } from '../../../shared/sql/problems.ts';
import { withMarks } from '../../../shared/sql/parameters.ts';
import { splitStatements } from '../../../shared/sql/statements.ts';
import { columnOf, inWholeText, type Problem } from './problem.ts';

const trino = new TrinoSQL();

/** What dt-sql-parser's Trino grammar says of a query; its positions are one-based already. */
function queryProblems(sql: string): Problem[] {
  return trino.validate(sql).map(({ startLine, startColumn, endLine, endColumn, message }) => ({ startLine, startColumn, endLine, endColumn, message }));
}

/** Our own parser names a point; the mark covers the word there. */
function markWord(sql: string, { line, column, message }: { line: number; column: number; message: string }): Problem {
  const rest = sql.split('\n')[line - 1]?.slice(column - 1) ?? '';
  const length = /^(?:[\p{L}\p{N}_$]+|\S)/u.exec(rest)?.[0].length ?? 1;
  return { startLine: line, startColumn: column, endLine: line, endColumn: column + length, message };
}

/** The SQL inside `INSERT INTO t SELECT …`, `UNLOAD (…)`, CTAS, a view, EXPLAIN or PREPARE, padded to its place in the statement. */
function innerSql(sql: string): string | undefined {
  const statement = parseDdl(sql);
  if ('query' in statement) return statement.query.sql;
  return 'statement' in statement ? statement.statement.sql : undefined;
}

function statementProblems(sql: string): Problem[] {
  const ours = ddlProblems(sql);
  if (ours === null) return queryProblems(sql);
  if (ours.length) return ours.map((problem) => markWord(sql, problem));
  const inner = innerSql(sql);
  return inner === undefined ? [] : statementProblems(inner);
}

const inPlace = (text: string): string =>
  splitStatements(text).reduceRight((whole, { text: sql, start, end }) => whole.slice(0, start) + withMarks(sql) + whole.slice(end), text);

/**
 * The syntax errors of an editor's text. Queries are read by the Trino grammar, Athena's DDL and utility statements by
 * the parser the local engine itself uses, so that a mark never contradicts the engine.
 */
export function problemsOf(written: string): Problem[] {
  // `:name` is ours; the engine gets `?` in its place.
  const text = inPlace(written);
  return splitStatements(text).flatMap((statement) =>
    statementProblems(statement.text).map((problem) => inWholeText(problem, { startLine: statement.startLine, startColumn: columnOf(text, statement.start) })),
  );
}
