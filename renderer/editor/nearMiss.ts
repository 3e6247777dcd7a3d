import type * as Monaco from 'monaco-editor/esm/vs/editor/editor.api';
import { statementAt } from '../../shared/sql/statements.ts';
import { completionContext } from './completion/context.ts';
import { functionDocs } from './completion/functionDocs.ts';
import { completionSourceOf } from './completion/provider.ts';
import { columnsOf, missingTables, quoteName } from './completion/suggestions.ts';
import { languageIds } from './dialects.ts';

/** Letters to change, put in, take out or swap, to come from one word to the other. */
export function distance(a: string, b: string): number {
  const rows: number[][] = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (__, j) => (i === 0 ? j : j === 0 ? i : 0)));
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const change = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? rows[i - 2]![j - 2]! + 1 : Infinity;
      rows[i]![j] = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, change, swap);
    }
  }
  return rows[a.length]![b.length]!;
}

const MOST = 4;

/** The names nearest to a word, the nearest first; none that has little in common with it. */
export function nearest(word: string, names: Iterable<string>): string[] {
  const wanted = word.toLowerCase();
  const most = Math.max(1, Math.floor(wanted.length / 3));
  return [...new Set(names)]
    .map((name) => ({ name, away: distance(wanted, name.toLowerCase()) }))
    .filter(({ name, away }) => away > 0 && (away <= most || (wanted.length >= 3 && name.toLowerCase().includes(wanted))))
    .toSorted((a, b) => a.away - b.away || (a.name < b.name ? -1 : 1))
    .slice(0, MOST)
    .map(({ name }) => name);
}

const UNKNOWN: [RegExp, 'column' | 'table' | 'function'][] = [
  [/Column '([^']+)' cannot be resolved/, 'column'],
  [/Table '([^']+)' does not exist/, 'table'],
  [/Function '?([\w.]+)'? (?:is )?not registered/i, 'function'],
  // DuckDB's words.
  [/Referenced column "([^"]+)" not found/, 'column'],
  [/Table with name ([\w.]+) does not exist/, 'table'],
  [/Function with name ([\w.]+) does not exist/, 'function'],
];

/** Which kind of name an error of the engine does not know, and the name's last part. */
export function unknownName(message: string): { kind: 'column' | 'table' | 'function'; name: string } | undefined {
  for (const [pattern, kind] of UNKNOWN) {
    const found = pattern.exec(message)?.[1];
    if (found) return { kind, name: found.split('.').at(-1)! };
  }
  return undefined;
}

const NONE: Monaco.languages.CodeActionList = { actions: [], dispose: () => undefined };

/** Quick fixes at the engine's error: names that are there and nearly the same. */
export function registerNearMisses(monaco: typeof Monaco, title: (name: string) => string): void {
  monaco.languages.registerCodeActionProvider(languageIds, {
    async provideCodeActions(model, _range, { markers }) {
      const source = completionSourceOf(model);
      const text = model.getValue();
      const places = markers.flatMap((marker) => {
        const unknown = unknownName(marker.message);
        const offset = model.getOffsetAt({ lineNumber: marker.startLineNumber, column: marker.startColumn });
        const statement = statementAt(text, offset);
        return unknown && statement ? [{ marker, unknown, offset, statement, context: completionContext(statement.text, 0) }] : [];
      });
      if (!source || places.length === 0) return NONE;
      const sources = () => ({ names: source.names(), functions: [], database: source.database() });
      // Right after the start the names may not have been read yet; columns are read when they are wanted.
      await source.whenKnown([]);
      await source.whenKnown(places.flatMap(({ context }) => missingTables(context, sources())));
      if (model.isDisposed() || model.getValue() !== text) return NONE;
      const from = sources();
      const actions = places.flatMap(({ marker, unknown, offset, statement, context }): Monaco.languages.CodeAction[] => {
        const known = {
          column: () => context.relations.flatMap((relation) => columnsOf(relation, context, from)).map(({ name }) => name),
          table: () => from.names.databases.flatMap(({ tables }) => tables.map(({ name }) => name)),
          function: () => (source.functions?.() ?? functionDocs).map(({ name }) => name),
        }[unknown.kind]();
        // The engine points at the start of a dotted name; the part that is wrong is what changes.
        const start = text.toLowerCase().indexOf(unknown.name.toLowerCase(), offset);
        if (start < 0 || start > statement.end) return [];
        const range = monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(start + unknown.name.length));
        return nearest(unknown.name, known).map((name, at) => ({
          title: title(name),
          kind: 'quickfix',
          isPreferred: at === 0,
          diagnostics: [marker],
          edit: { edits: [{ resource: model.uri, versionId: model.getVersionId(), textEdit: { range, text: quoteName(name) } }] },
        }));
      });
      return { actions, dispose: () => undefined };
    },
  });
}
