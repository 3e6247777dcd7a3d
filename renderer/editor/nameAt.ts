import { tokenize } from '../../shared/sql/lexer.ts';
import { statementAt } from '../../shared/sql/statements.ts';
import { findTable, type CatalogNames } from './completion/catalogNames.ts';
import { completionContext } from './completion/context.ts';
import { columnsOf } from './completion/suggestions.ts';

export type NamedThing =
  | { kind: 'table'; database: string; table: string; columns: { name: string; type: string }[] | null }
  | { kind: 'column'; name: string; type: string | undefined; of: string };

/** What a name in the text means: a table of the catalog, or a column of the statement's relations. `offset` is in or at the end of it. */
export function nameAt(text: string, offset: number, names: CatalogNames, database: string | undefined): NamedThing | undefined {
  const statement = statementAt(text, offset);
  if (!statement || offset < statement.start || offset > statement.end) return undefined;
  const tokens = tokenize(statement.text, 'trino');
  const at = tokens.findIndex((token) => token.start <= offset - statement.start && offset - statement.start <= token.end && (token.kind === 'word' || token.kind === 'quoted'));
  if (at < 0) return undefined;
  const nameOf = (i: number): string => (tokens[i]!.kind === 'quoted' ? tokens[i]!.value : tokens[i]!.text);
  const parts = [nameOf(at)];
  for (let before = at - 1; tokens[before]?.value === '.' && tokens[before - 1]; before -= 2) parts.unshift(nameOf(before - 1));
  const context = completionContext(statement.text, tokens[at]!.start);
  const sources = { names, functions: [], database };
  const same = (a: string | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase();

  const relation = context.relations.find(({ name, alias }) => same(name.at(-1), parts.at(-1)!) || (parts.length === 1 && same(alias, parts[0]!)));
  const isName = tokens[at + 1]?.value !== '(';
  const inFrom = relation && (parts.length > 1 ? same(relation.name.at(-2), parts.at(-2)!) : true);
  const hidden = relation && relation.name.length === 1 && context.commonTables.some(({ alias }) => same(alias, relation.name[0]!));
  const columns = context.relations
    .filter(({ alias }) => parts.length === 1 || same(alias, parts.at(-2)!))
    .flatMap((one) => columnsOf(one, context, sources))
    .filter(({ name }) => same(name, parts.at(-1)!));
  const [column] = columns;
  if (relation && inFrom && isName && !hidden && !relation.columns && (!column || parts.length > 1 || same(relation.name.at(-1), parts[0]!))) {
    const table = findTable(names, relation.name, database);
    if (table) return { kind: 'table', database: table.database, table: table.name, columns: table.columns };
  }
  return column && isName ? { kind: 'column', name: column.name, type: column.type, of: column.from } : undefined;
}
