import { findDatabase, findTable, type CatalogNames } from './catalogNames.ts';
import type { CompletionContext } from './context.ts';
import { snippets } from '../snippets.ts';
import { keywords } from './keywords.ts';
import type { Relation } from './relations.ts';

export interface FunctionDoc {
  name: string;
  /** `date_add(unit, value, timestamp) → timestamp`. */
  signature: string;
  description?: string;
}

export interface Suggestion {
  label: string;
  insert: string;
  kind: 'column' | 'table' | 'database' | 'alias' | 'function' | 'keyword' | 'snippet';
  detail?: string;
  documentation?: string;
  /** Earlier is nearer to the top. */
  rank: number;
}

/** Names that are not plain lower-case identifiers need double quotes in Trino. */
export const quoteName = (name: string): string => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`);

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

export interface Sources {
  names: CatalogNames;
  functions: FunctionDoc[];
  /** Absent: Athena's. */
  keywords?: readonly string[] | undefined;
  database: string | undefined;
}

export function columnsOf(relation: Relation, context: CompletionContext, { names, database }: Sources): { name: string; type?: string; from: string }[] {
  if (relation.columns) return relation.columns.map((name) => ({ name, from: relation.alias }));
  const common = relation.name.length === 1 && context.commonTables.find(({ alias }) => same(alias, relation.name[0] as string));
  if (common) return (common.columns ?? []).map((name) => ({ name, from: common.alias }));
  const table = findTable(names, relation.name, database);
  return (table?.columns ?? []).map(({ name, type }) => ({ name, type, from: relation.alias }));
}

const columnSuggestion = ({ name, type, from }: { name: string; type?: string; from: string }): Suggestion => ({
  label: name,
  insert: quoteName(name),
  kind: 'column',
  detail: type ? `${type} · ${from}` : from,
  rank: 0,
});

const tablesOf = (sources: Sources, database: string, rank: number): Suggestion[] =>
  (findDatabase(sources.names, database)?.tables ?? []).map(({ name }) => ({ label: name, insert: quoteName(name), kind: 'table', detail: database, rank }));

const databases = ({ names }: Sources, rank: number): Suggestion[] =>
  names.databases.map(({ name }) => ({ label: name, insert: quoteName(name), kind: 'database', rank }));

function members(qualifier: string[], context: CompletionContext, sources: Sources): Suggestion[] {
  const [only] = qualifier;
  const relation = qualifier.length === 1 && only ? context.relations.find(({ alias }) => same(alias, only)) : undefined;
  const columns = relation ? columnsOf(relation, context, sources) : [];
  if (columns.length) return columns.map(columnSuggestion);
  const inDatabase = tablesOf(sources, qualifier.at(-1) ?? '', 0);
  if (inDatabase.length) return inDatabase;
  const table = findTable(sources.names, qualifier, sources.database);
  if (table) return (table.columns ?? []).map(({ name, type }) => columnSuggestion({ name, type, from: table.name }));
  // `AwsDataCatalog.`: its databases.
  return qualifier.length === 1 && same(only ?? '', 'awsdatacatalog') ? databases(sources, 0) : [];
}

/** The list shows a function once, by its first signature; the parameter hints show all. */
const oncePerName = (functions: FunctionDoc[]): FunctionDoc[] => functions.filter(({ name }, index) => functions[index - 1]?.name !== name);

const keywordSuggestions = (words: readonly string[], rank: number): Suggestion[] => words.map((word) => ({ label: word, insert: word, kind: 'keyword', rank }));

const snippetSuggestions: Suggestion[] = snippets.map(({ label, text }) => ({ label, insert: text, kind: 'snippet', documentation: text.replace(/\$\{\d+:([^}]*)\}/g, '$1'), rank: 1 }));

/** What can stand at the cursor, nearest first. Pure: everything it knows is in its arguments. */
export function suggest(context: CompletionContext, sources: Sources): Suggestion[] {
  if (context.silent) return [];
  const { expected } = context;
  const words = sources.keywords ?? keywords;
  switch (expected.kind) {
    case 'member':
      return members(expected.qualifier, context, sources);
    case 'database':
      return databases(sources, 0);
    case 'relation':
      return [
        ...context.commonTables.map(({ alias }): Suggestion => ({ label: alias, insert: quoteName(alias), kind: 'table', detail: 'WITH', rank: 0 })),
        ...(sources.database ? tablesOf(sources, sources.database, 1) : []),
        ...databases(sources, 2),
        ...sources.names.databases
          .filter(({ name }) => name !== sources.database)
          .flatMap(({ name, tables }) =>
            tables.map((table): Suggestion => ({ label: table.name, insert: `${quoteName(name)}.${quoteName(table.name)}`, kind: 'table', detail: name, rank: 3 })),
          ),
      ];
    case 'expression': {
      if (expected.startsStatement) return [...keywordSuggestions(words, 0), ...snippetSuggestions];
      const seen = new Set<string>();
      const columns = context.relations.flatMap((relation) => columnsOf(relation, context, sources)).map(columnSuggestion);
      return [
        ...columns.filter(({ label, detail }) => !seen.has(`${label} ${detail}`) && seen.add(`${label} ${detail}`)),
        ...context.relations.map(({ alias }): Suggestion => ({ label: alias, insert: quoteName(alias), kind: 'alias', rank: 1 })),
        ...oncePerName(sources.functions).map(
          ({ name, signature, description }): Suggestion => ({ label: name, insert: name, kind: 'function', detail: signature, documentation: description, rank: 2 }),
        ),
        ...keywordSuggestions(words, 3),
      ];
    }
  }
}

/** Tables the statement names whose columns the cache does not hold: to be read in the background. */
export function missingTables(context: CompletionContext, { names, database }: Sources): { database: string; table: string }[] {
  return context.relations.flatMap((relation) => {
    const table = relation.columns ? undefined : findTable(names, relation.name, database);
    return table && table.columns === null ? [{ database: table.database, table: table.name }] : [];
  });
}
