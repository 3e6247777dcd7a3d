import { lazy, Suspense } from 'react';
import './editor.css';
import type { SqlEditorProps } from './SqlEditor.tsx';

const SqlEditor = lazy(() => import('./SqlEditor.tsx'));

/** The editor, fetched when first needed; until then its text stands in the same place, in the same letters. */
export function LazySqlEditor(props: SqlEditorProps) {
  const waiting = (
    <pre className="sql-editor sql-editor-waiting" aria-busy="true">
      {props.initialText}
    </pre>
  );
  return (
    <Suspense fallback={waiting}>
      <SqlEditor {...props} />
    </Suspense>
  );
}
