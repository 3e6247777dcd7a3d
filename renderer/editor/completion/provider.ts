import type * as Monaco from 'monaco-editor/esm/vs/editor/editor.api';
import { statementAt } from '../../../shared/sql/statements.ts';
import { languageIds } from '../dialects.ts';
import type { CatalogNames } from './catalogNames.ts';
import { completionContext } from './context.ts';
import { functionDocs } from './functionDocs.ts';
import { partitionValues, valueBefore } from './partitionValues.ts';
import { missingTables, suggest, type FunctionDoc, type Suggestion } from './suggestions.ts';

/** What one editor's completion draws from. Everything but `whenKnown` answers at once; `wantColumns` starts a read in the background. */
export interface CompletionSource {
  names(): CatalogNames;
  database(): string | undefined;
  /** The engine's functions and words; absent: Athena's. */
  functions?(): FunctionDoc[];
  keywords?: readonly string[];
  wantColumns(tables: { database: string; table: string }[]): void;
  /** Resolves when the names are read, and the columns of these tables; also where that fails or takes too long. */
  whenKnown(tables: { database: string; table: string }[]): Promise<void>;
  /** Values of a partition key; undefined while they are read, for the first time. */
  partitionValues(table: { database: string; table: string }, key: string): string[] | undefined;
}

const sources = new WeakMap<Monaco.editor.ITextModel, CompletionSource>();

/** Ties a model to its source, for as long as the model lives. */
export const setCompletionSource = (model: Monaco.editor.ITextModel, source: CompletionSource): void => void sources.set(model, source);

export const completionSourceOf = (model: Monaco.editor.ITextModel): CompletionSource | undefined => sources.get(model);

function item(monaco: typeof Monaco, suggestion: Suggestion, range: Monaco.IRange): Monaco.languages.CompletionItem {
  const kinds = monaco.languages.CompletionItemKind;
  const kind = { column: kinds.Field, table: kinds.Struct, database: kinds.Module, alias: kinds.Variable, function: kinds.Function, keyword: kinds.Keyword, snippet: kinds.Snippet }[suggestion.kind];
  const call = suggestion.kind === 'function';
  return {
    label: suggestion.kind === 'function' ? suggestion.label : { label: suggestion.label, description: suggestion.detail },
    kind,
    detail: call ? suggestion.detail : undefined,
    documentation: suggestion.documentation,
    insertText: call ? `${suggestion.insert}($0)` : suggestion.insert,
    insertTextRules: call || suggestion.kind === 'snippet' ? monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet : undefined,
    command: call ? { id: 'editor.action.triggerParameterHints', title: '' } : undefined,
    sortText: `${suggestion.rank}${suggestion.label.toLowerCase()}`,
    range,
  };
}

/** The names around the cursor, without a request to anyone: a slow network never delays typing. */
export function registerCompletion(monaco: typeof Monaco): void {
  monaco.languages.registerCompletionItemProvider(languageIds, {
    triggerCharacters: ['.', ' ', '"', "'"],
    provideCompletionItems(model, position, { triggerCharacter }) {
      const source = sources.get(model);
      if (!source) return { suggestions: [] };
      const text = model.getValue();
      const offset = model.getOffsetAt(position);
      const statement = statementAt(text, offset);
      // Past the statement's end stands white space of the same statement, or a semicolon and a new one.
      const past = statement && offset > statement.end && text.slice(statement.end, offset).includes(';');
      const start = !statement || past || statement.start > offset ? offset : statement.start;
      const end = start === offset ? offset : Math.max(statement?.end ?? offset, offset);
      const context = completionContext(text.slice(start, end), offset - start);
      const inString = context.silent ? valueBefore(text.slice(start, offset)) : undefined;
      if (inString) {
        const values = partitionValues(inString.key, context, source);
        const range = monaco.Range.fromPositions(model.getPositionAt(offset - inString.typed.length), position);
        const suggestions = (values ?? []).map((value, at) => ({ label: value, kind: monaco.languages.CompletionItemKind.Value, insertText: value.replaceAll("'", "''"), sortText: String(at).padStart(6, '0'), range }));
        return { suggestions, incomplete: values === undefined };
      }
      if (triggerCharacter === "'") return { suggestions: [] };
      // A space opens the list only where names are sure to follow (FROM, JOIN, USE …).
      if (triggerCharacter === ' ' && context.expected.kind !== 'relation' && context.expected.kind !== 'database') return { suggestions: [] };
      const from = { names: source.names(), functions: source.functions?.() ?? functionDocs, keywords: source.keywords, database: source.database() };
      source.wantColumns(missingTables(context, from));
      const word = model.getWordUntilPosition(position);
      const range = new monaco.Range(position.lineNumber, word.startColumn, position.lineNumber, word.endColumn);
      return { suggestions: suggest(context, from).map((suggestion) => item(monaco, suggestion, range)) };
    },
  });
}
