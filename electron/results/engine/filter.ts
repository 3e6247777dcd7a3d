import type { CellTest, ColumnFilter } from '../../../shared/contract/resultViews.ts';
import { AppError } from '../../../shared/errors.ts';
import { bound, notA } from './bounds.ts';
import type { Cell } from './cells.ts';
import { literal } from './types.ts';

/** What must hold in SQL before a filter can be trusted: an expression that is NULL, or fails, where the filter is wrong. */
export interface Check {
  sql: string;
  error: AppError;
}

function textTest({ text: column }: Cell, { how, text, matchCase }: Extract<CellTest, { kind: 'text' }>, checks: Check[]): string {
  if (how === 'regex') {
    const matches = (of: string) => `regexp_matches(${of}, ${literal(text)}, ${matchCase ? "'c'" : "'i'"})`;
    checks.push({ sql: matches("''"), error: new AppError('BadInput', `“${text}” is no regular expression.`) });
    return matches(column);
  }
  const [cell, wanted] = matchCase ? [column, literal(text)] : [`lower(${column})`, `lower(${literal(text)})`];
  if (how === 'equals') return `${cell} = ${wanted}`;
  return `${{ contains: 'contains', starts: 'starts_with', ends: 'suffix' }[how]}(${cell}, ${wanted})`;
}

function rangeTest({ order, type }: Cell, { from, to }: Extract<CellTest, { kind: 'range' }>, checks: Check[]): string {
  const tests = ([['from', from], ['to', to]] as const).flatMap(([end, text]) => {
    if (text === undefined || text.trim() === '') return [];
    const { operator, sql, check } = bound(text, type, end);
    if (check) checks.push({ sql: check, error: notA(text, type) });
    return [`${order} ${operator} ${sql}`];
  });
  if (tests.length === 0) throw new AppError('BadInput', 'A range needs a beginning or an end.');
  return tests.join(' AND ');
}

function inTest({ text, key }: Cell, values: (string | null)[]): string {
  const texts = values.filter((value) => value !== null);
  const tests = [...(texts.length > 0 ? [`${text} IN (${texts.map(literal).join(', ')})`] : []), ...(texts.length < values.length ? [`${key} IS NULL`] : [])];
  return tests.join(' OR ');
}

function test({ column, not, test: wanted }: ColumnFilter, cells: Cell[], checks: Check[]): string {
  const cell = cells[column];
  if (!cell) throw new AppError('BadInput', `The result has no column ${column}.`);
  const sql = {
    null: () => `${cell.key} IS NULL`,
    text: () => textTest(cell, wanted as never, checks),
    range: () => rangeTest(cell, wanted as never, checks),
    in: () => inTest(cell, (wanted as Extract<CellTest, { kind: 'in' }>).values),
  }[wanted.kind]();
  // NULL passes no test, and so passes its opposite: a filter and its opposite are all rows.
  return not ? `NOT coalesce(${sql}, false)` : `(${sql})`;
}

const searched = (cells: Cell[], search: string): string => `(${cells.map(({ text, isSmall }) => `contains(${isSmall ? text : `lower(${text})`}, lower(${literal(search)}))`).join(' OR ')})`;

/** The WHERE of a view (empty where every row passes), and what is to be checked before it runs. */
export function where(cells: Cell[], { filters, search }: { filters: ColumnFilter[]; search: string }): { sql: string; checks: Check[] } {
  const checks: Check[] = [];
  const tests = [...filters.map((filter) => test(filter, cells, checks)), ...(search === '' ? [] : [searched(cells, search)])];
  return { sql: tests.length > 0 ? ` WHERE ${tests.join(' AND ')}` : '', checks };
}
