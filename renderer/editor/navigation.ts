import type * as Monaco from 'monaco-editor/esm/vs/editor/editor.api';
import { completionSourceOf } from './completion/provider.ts';
import { nameAt, type NamedThing } from './nameAt.ts';
import { languageIds } from './dialects.ts';

type Editor = Monaco.editor.IStandaloneCodeEditor;

const thingAt = (model: Monaco.editor.ITextModel, position: Monaco.IPosition): NamedThing | undefined => {
  const source = completionSourceOf(model);
  return source && nameAt(model.getValue(), model.getOffsetAt(position), source.names(), source.database());
};

const MOST_COLUMNS = 30;

/** Types of columns, and the columns of tables, where the pointer rests on their names. */
export function registerNameHovers(monaco: typeof Monaco): void {
  monaco.languages.registerHoverProvider(languageIds, {
    provideHover(model, position) {
      if (!model.getWordAtPosition(position)) return null;
      const thing = thingAt(model, position);
      if (!thing) return null;
      if (thing.kind === 'column') return { contents: [{ value: `\`\`\`\n${thing.name} ${thing.type ?? ''}\n\`\`\`` }, { value: thing.of }] };
      const shown = (thing.columns ?? []).slice(0, MOST_COLUMNS).map(({ name, type }) => `${name} ${type}`);
      const more = (thing.columns?.length ?? 0) > MOST_COLUMNS ? ['…'] : [];
      return { contents: [{ value: `${thing.database}.${thing.table} (F12)` }, ...(shown.length ? [{ value: `\`\`\`\n${[...shown, ...more].join('\n')}\n\`\`\`` }] : [])] };
    },
  });
}

/** F12, the menu and Ctrl+click open the table whose name is there. Answers what takes them away. */
export function openTables(monaco: typeof Monaco, editor: Editor, title: string, open: (database: string, table: string) => void): () => void {
  const openAt = async (position: Monaco.IPosition | null): Promise<void> => {
    const model = editor.getModel();
    if (!model || !position) return;
    // Right after the start its name may not have been read yet.
    if (!thingAt(model, position)) await completionSourceOf(model)?.whenKnown([]);
    const thing = model.isDisposed() ? undefined : thingAt(model, position);
    if (thing && thing.kind === 'table') open(thing.database, thing.table);
  };
  const stops = [
    editor.addAction({ id: 'secchi.openTable', label: title, keybindings: [monaco.KeyCode.F12], contextMenuGroupId: 'navigation', contextMenuOrder: 1, run: () => openAt(editor.getPosition()) }),
    editor.onMouseDown(({ event, target }) => {
      if ((event.ctrlKey || event.metaKey) && event.leftButton && target.type === monaco.editor.MouseTargetType.CONTENT_TEXT) void openAt(target.position);
    }),
  ];
  return () => stops.forEach((stop) => stop.dispose());
}
