import type * as Monaco from 'monaco-editor/esm/vs/editor/editor.api';
import { statementAt } from '../../shared/sql/statements.ts';

type Editor = Monaco.editor.IStandaloneCodeEditor;

/** Marks, beside the line numbers, the statement that Run would run. Returns what takes the mark away. */
export function markStatementAtCursor(monaco: typeof Monaco, editor: Editor): () => void {
  const marks = editor.createDecorationsCollection();
  const update = () => {
    const model = editor.getModel();
    const position = editor.getPosition();
    const statement = model && position && statementAt(model.getValue(), model.getOffsetAt(position));
    if (!model || !statement) return marks.clear();
    const start = model.getPositionAt(statement.start);
    const end = model.getPositionAt(statement.end);
    marks.set([
      {
        range: new monaco.Range(start.lineNumber, 1, end.lineNumber, 1),
        options: { isWholeLine: true, linesDecorationsClassName: 'sql-statement-mark', stickiness: 1 },
      },
    ]);
  };
  const listeners = [editor.onDidChangeCursorPosition(update), editor.onDidChangeModelContent(update), editor.onDidChangeModel(update)];
  update();
  return () => {
    listeners.forEach((listener) => listener.dispose());
    marks.clear();
  };
}
