import type * as Monaco from 'monaco-editor/esm/vs/editor/editor.api';
import { languageIds } from './dialects.ts';

type Model = Monaco.editor.ITextModel;

/** A remark on a place in the text, offsets in UTF-16 units, and what would answer it. */
export interface EditorHint {
  start: number;
  end: number;
  message: string;
  fix?: { title: string; insertions: { at: number; text: string }[] } | undefined;
}

const owner = 'hints';
const known = new WeakMap<Model, { version: number; hints: readonly EditorHint[] }>();

/** Underlines the hints, in place of those before. They are of the text as it is now. */
export function showHints(monaco: typeof Monaco, model: Model, hints: readonly EditorHint[]): void {
  known.set(model, { version: model.getVersionId(), hints });
  monaco.editor.setModelMarkers(model, owner, hints.map(({ start, end, message }) => markerOf(monaco, model, start, end, message)));
}

function markerOf(monaco: typeof Monaco, model: Model, start: number, end: number, message: string): Monaco.editor.IMarkerData {
  const [from, to] = [model.getPositionAt(start), model.getPositionAt(end)];
  return { severity: monaco.MarkerSeverity.Warning, message, startLineNumber: from.lineNumber, startColumn: from.column, endLineNumber: to.lineNumber, endColumn: to.column };
}

/** Quick fixes of the hints under the cursor. */
export function registerHintFixes(monaco: typeof Monaco): void {
  monaco.languages.registerCodeActionProvider(languageIds, {
    provideCodeActions(model, range, { markers }) {
      const remembered = known.get(model);
      const actions = (remembered?.version === model.getVersionId() ? remembered.hints : []).flatMap(({ start, end, fix }): Monaco.languages.CodeAction[] => {
        const here = monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));
        if (!fix || !monaco.Range.areIntersectingOrTouching(here, range)) return [];
        const edits = fix.insertions.map(({ at, text }) => ({
          resource: model.uri,
          versionId: model.getVersionId(),
          textEdit: { range: monaco.Range.fromPositions(model.getPositionAt(at)), text },
        }));
        return [{ title: fix.title, kind: 'quickfix', isPreferred: true, diagnostics: markers.filter((marker) => marker.source === undefined), edit: { edits } }];
      });
      return { actions, dispose: () => undefined };
    },
  });
}
