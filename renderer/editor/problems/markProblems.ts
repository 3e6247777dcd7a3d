import type * as Monaco from 'monaco-editor/esm/vs/editor/editor.api';
import type { Problem } from './problem.ts';
import { findProblems } from './problemsClient.ts';

type Model = Monaco.editor.ITextModel;

const owner = 'syntax';
const quietMillis = 250;

const marker = (monaco: typeof Monaco, problem: Problem): Monaco.editor.IMarkerData => ({
  severity: monaco.MarkerSeverity.Error,
  message: problem.message,
  startLineNumber: problem.startLine,
  startColumn: problem.startColumn,
  endLineNumber: problem.endLine,
  endColumn: problem.endColumn,
});

/** Marks syntax errors as the user types, once the keys rest; an answer to an older text is dropped. Returns what stops it. */
export function markProblems(monaco: typeof Monaco, model: Model): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const check = async () => {
    const version = model.getVersionId();
    const problems = await findProblems(model.getValue());
    if (model.isDisposed() || model.getVersionId() !== version) return;
    monaco.editor.setModelMarkers(model, owner, problems.map((problem) => marker(monaco, problem)));
  };
  const listener = model.onDidChangeContent(() => {
    clearTimeout(timer);
    timer = setTimeout(() => void check(), quietMillis);
  });
  void check();
  return () => {
    clearTimeout(timer);
    listener.dispose();
  };
}
