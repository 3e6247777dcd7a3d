import i18next from 'i18next';
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react';
import { statementAt, type StatementText } from '../../shared/sql/statements.ts';
import { registerCompletion, setCompletionSource, type CompletionSource } from './completion/provider.ts';
import { registerSignatures } from './completion/signatures.ts';
import { languageOf, type Dialect } from './dialects.ts';
import './editor.css';
import { formatSql } from './format.ts';
import { registerHintFixes, showHints, type EditorHint } from './hints.ts';
import { monaco } from './monaco.ts';
import { openTables, registerNameHovers } from './navigation.ts';
import { registerNearMisses } from './nearMiss.ts';
import { markProblems } from './problems/markProblems.ts';
import type { Problem } from './problems/problem.ts';
import { findProblems } from './problems/problemsClient.ts';
import { markStatementAtCursor } from './statementMark.ts';

registerCompletion(monaco);
registerSignatures(monaco);
registerHintFixes(monaco);
registerNameHovers(monaco);
registerNearMisses(monaco, (name) => i18next.t('replaceBy', { ns: 'sql', name }));

/** Where a run failed, one-based in the whole text. */
export interface EngineError {
  line: number;
  column: number;
  message: string;
}

export interface SqlEditorHandle {
  text(): string;
  /** The selection where there is one, else the statement at the cursor. */
  statementToRun(): StatementText | undefined;
  /** Replaces the selection, with undo. */
  insert(text: string): void;
  /** Replaces everything, with undo. */
  replace(text: string): void;
  showError(error: EngineError | null): void;
  /** Underlines places of the text as it is now, with an explanation and a fix; in place of those before. */
  showHints(hints: readonly EditorHint[]): void;
  reveal(line: number, column: number): void;
  /** Lays all statements out anew, with undo. Answers how many were left as they are, because they would have changed. */
  format(): Promise<number>;
  /** Comments the selected lines out, or in again. */
  toggleComment(): void;
  /** Closes suggestions and hints that are open. */
  closeHints(): void;
  focus(): void;
}

export interface SqlEditorProps {
  /** Names the document; another name is another document. */
  documentId: string;
  initialText: string;
  theme: 'dark' | 'light';
  label: string;
  placeholder?: string;
  completion?: CompletionSource;
  /** Default: Athena's. */
  dialect?: Dialect;
  /** The text's syntax errors; default: by Athena's grammar. */
  problems?: ((text: string) => Promise<Problem[]>) | undefined;
  /** Asked when the editor is there: whether it takes the focus. Absent: it does not. */
  mayFocus?: (() => boolean) | undefined;
  /** Only to be read and copied: no marks, no change. */
  readOnly?: boolean;
  /** Long lines are broken instead of scrolled. */
  wrap?: boolean;
  onChange?(text: string): void;
  onBlur?(): void;
  /** The statement that would run has changed, by typing, by the cursor or by a selection. */
  onStatement?(): void;
  /** What a table's name leads to, and what its command is called. */
  openTable?: { title: string; open(database: string, table: string): void } | undefined;
  ref?: Ref<SqlEditorHandle>;
}

const uriOf = (documentId: string) => monaco.Uri.parse(`inmemory://sql/${documentId}`);

/**
 * Suggestions and hovers are drawn over the whole window. They need a place of their own: the dock moves its panels by
 * transforms, and a fixed element inside one is placed by the panel, not by the window.
 */
const overlays = document.createElement('div');
overlays.className = 'monaco-editor sql-editor-overlays';
document.body.append(overlays);

const options: Parameters<typeof monaco.editor.create>[1] = {
  automaticLayout: true,
  // A textarea: input methods and assistive tools know it.
  editContext: false,
  minimap: { enabled: false },
  fontFamily: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", D2Coding, monospace',
  fontSize: 12.5,
  lineHeight: 19,
  lineNumbersMinChars: 3,
  lineDecorationsWidth: 14,
  folding: false,
  glyphMargin: false,
  padding: { top: 8, bottom: 8 },
  scrollBeyondLastLine: false,
  renderLineHighlight: 'none',
  overviewRulerLanes: 0,
  wordBasedSuggestions: 'off',
  quickSuggestions: { other: true, comments: false, strings: false },
  suggest: { showWords: false, preview: false, showStatusBar: false },
  fixedOverflowWidgets: true,
  overflowWidgetsDomNode: overlays,
  tabSize: 2,
  occurrencesHighlight: 'singleFile',
  unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: true, nonBasicASCII: false },
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
  stickyScroll: { enabled: false },
};

/** Monaco with an engine's SQL. The text belongs to the editor; `onChange` tells of every change. */
export default function SqlEditor(props: SqlEditorProps) {
  const { documentId, theme, label, placeholder, completion, dialect = 'athena', problems = findProblems, readOnly, ref } = props;
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<ReturnType<typeof monaco.editor.create> | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    if (!host.current) return;
    const { initialText, mayFocus } = latest.current;
    const model = monaco.editor.getModel(uriOf(documentId)) ?? monaco.editor.createModel(initialText, languageOf[latest.current.dialect ?? 'athena'], uriOf(documentId));
    model.setEOL(monaco.editor.EndOfLineSequence.LF);
    const created = monaco.editor.create(host.current, { ...options, model, ariaLabel: latest.current.label, placeholder: latest.current.placeholder, readOnly: latest.current.readOnly, wordWrap: latest.current.wrap ? 'on' : 'off' });
    editor.current = created;
    const stops = latest.current.readOnly ? [] : [markStatementAtCursor(monaco, created)];
    const { openTable } = latest.current;
    if (openTable) stops.push(openTables(monaco, created, openTable.title, (database, table) => latest.current.openTable?.open(database, table)));
    const changes = model.onDidChangeContent(() => {
      monaco.editor.setModelMarkers(model, 'engine', []);
      latest.current.onChange?.(model.getValue());
    });
    const moves = [created.onDidChangeCursorSelection(() => latest.current.onStatement?.()), created.onDidChangeModelContent(() => latest.current.onStatement?.())];
    latest.current.onStatement?.();
    const blur = created.onDidBlurEditorText(() => latest.current.onBlur?.());
    // The editor arrives late: whoever types elsewhere meanwhile (the palette, a filter) keeps the focus. Not so the editor of
    // the tab before, to which a palette that closed has just given the focus back.
    const typedIn = document.activeElement?.closest('[role="dialog"], input, textarea:not(.inputarea)');
    if (mayFocus?.() && !typedIn) created.focus();
    return () => {
      stops.forEach((stop) => stop());
      changes.dispose();
      moves.forEach((move) => move.dispose());
      blur.dispose();
      created.dispose();
      model.dispose();
      editor.current = null;
    };
  }, [documentId]);

  useEffect(() => monaco.editor.setTheme(`secchi-${theme}`), [theme]);
  useEffect(() => editor.current?.updateOptions({ ariaLabel: label, placeholder }), [label, placeholder]);
  useEffect(() => {
    const model = editor.current?.getModel();
    if (model && completion) setCompletionSource(model, completion);
  }, [completion, documentId]);

  useEffect(() => {
    const model = editor.current?.getModel();
    if (!model) return;
    monaco.editor.setModelLanguage(model, languageOf[dialect]);
    return readOnly ? undefined : markProblems(monaco, model, problems);
  }, [dialect, problems, readOnly, documentId]);

  useImperativeHandle(ref, () => handleOf(() => editor.current, () => latest.current.dialect), []);
  return <div ref={host} className="sql-editor" />;
}

type Editor = ReturnType<typeof monaco.editor.create>;

function handleOf(current: () => Editor | null, dialect: () => Dialect | undefined): SqlEditorHandle {
  return {
    text: () => current()?.getModel()?.getValue() ?? '',
    statementToRun() {
      const editor = current();
      const model = editor?.getModel();
      const selection = editor?.getSelection();
      if (!editor || !model || !selection) return undefined;
      if (!selection.isEmpty()) {
        const start = model.getOffsetAt(selection.getStartPosition());
        const text = model.getValueInRange(selection);
        if (text.trim()) return { text, start, end: start + text.length, startLine: selection.startLineNumber };
      }
      return statementAt(model.getValue(), model.getOffsetAt(selection.getPosition()));
    },
    insert(text) {
      const editor = current();
      const selection = editor?.getSelection();
      if (!editor || !selection) return;
      editor.executeEdits('insert', [{ range: selection, text, forceMoveMarkers: true }]);
      editor.focus();
    },
    replace(text) {
      const editor = current();
      const range = editor?.getModel()?.getFullModelRange();
      if (editor && range) editor.executeEdits('replace', [{ range, text }]);
    },
    showError(error) {
      const model = current()?.getModel();
      if (!model) return;
      const markers = error ? [engineMarker(model, error)] : [];
      monaco.editor.setModelMarkers(model, 'engine', markers);
    },
    showHints(hints) {
      const model = current()?.getModel();
      if (model) showHints(monaco, model, hints);
    },
    reveal(line, column) {
      const editor = current();
      editor?.setPosition({ lineNumber: line, column });
      editor?.revealPositionInCenterIfOutsideViewport({ lineNumber: line, column });
      editor?.focus();
    },
    closeHints() {
      for (const command of ['hideSuggestWidget', 'closeParameterHints']) current()?.trigger('command', command, null);
    },
    async format() {
      const editor = current();
      const model = editor?.getModel();
      if (!editor || !model) return 0;
      const version = model.getVersionId();
      const { text, left } = await formatSql(model.getValue(), dialect());
      if (model.isDisposed() || model.getVersionId() !== version || text === model.getValue()) return left;
      editor.pushUndoStop();
      editor.executeEdits('format', [{ range: model.getFullModelRange(), text }]);
      editor.pushUndoStop();
      return left;
    },
    toggleComment: () => current()?.trigger('command', 'editor.action.commentLine', null),
    focus: () => current()?.focus(),
  };
}

function engineMarker(model: NonNullable<ReturnType<Editor['getModel']>>, { line, column, message }: EngineError) {
  const startLineNumber = Math.min(Math.max(1, line), model.getLineCount());
  const word = model.getWordAtPosition({ lineNumber: startLineNumber, column });
  const endColumn = word && word.endColumn > column ? word.endColumn : column + 1;
  return { severity: monaco.MarkerSeverity.Error, message, startLineNumber, startColumn: column, endLineNumber: startLineNumber, endColumn };
}
