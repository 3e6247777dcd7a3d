import { lazy, Suspense, useCallback, useEffect, useRef } from 'react';
import './editor.css';
import type { SqlEditorProps } from './SqlEditor.tsx';

const SqlEditor = lazy(() => import('./SqlEditor.tsx'));

/**
 * The editor, fetched when first needed; until then its text stands in the same place, in the same letters. It takes the
 * focus when it arrives only where nobody has typed or clicked elsewhere meanwhile.
 */
export function LazySqlEditor({ autoFocus = false, ...props }: Omit<SqlEditorProps, 'mayFocus'> & { autoFocus?: boolean }) {
  const wanted = useRef(autoFocus);
  useEffect(() => {
    const leave = () => (wanted.current = false);
    window.addEventListener('keydown', leave, true);
    window.addEventListener('pointerdown', leave, true);
    return () => {
      window.removeEventListener('keydown', leave, true);
      window.removeEventListener('pointerdown', leave, true);
    };
  }, []);
  const mayFocus = useCallback(() => wanted.current || document.activeElement === document.body, []);
  const waiting = (
    <pre className="sql-editor sql-editor-waiting" aria-busy="true">
      {props.initialText}
    </pre>
  );
  return (
    <Suspense fallback={waiting}>
      <SqlEditor {...props} mayFocus={autoFocus ? mayFocus : undefined} />
    </Suspense>
  );
}
