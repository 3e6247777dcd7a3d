import type * as Monaco from 'monaco-editor/esm/vs/editor/editor.api';
import type { Problem } from './problem.ts';

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

/** Marks syntax errors as the user types, once the keys rest; an answer to an older text is dropped. Returns what stops it, and takes its marks away. */
export function markProblems(monaco: typeof Monaco, model: Model, find: (text: string) => Promise<Problem[]>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const check = async () => {
    const version = model.getVersionId();
    // What cannot be checked now (the backend is away) is not marked.
    const problems = await find(model.getValue()).catch(() => []);
    if (stopped || model.isDisposed() || model.getVersionId() !== version) return;
    monaco.editor.setModelMarkers(model, owner, problems.map((problem) => marker(monaco, problem)));
  };
  const listener = model.onDidChangeContent(() => {
    clearTimeout(timer);
    timer = setTimeout(() => void check(), quietMillis);
  });
  void check();
  return () => {
    stopped = true;
    clearTimeout(timer);
    listener.dispose();
    if (!model.isDisposed()) monaco.editor.setModelMarkers(model, owner, []);
  };
}
