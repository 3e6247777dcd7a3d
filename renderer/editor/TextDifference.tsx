import 'monaco-editor/esm/vs/editor/browser/widget/diffEditor/diffEditor.contribution.js';
import { useEffect, useRef } from 'react';
import { monaco } from './monaco.ts';
import type { ThemeName } from './themes.ts';

export interface TextDifferenceProps {
  before: string;
  after: string;
  beforeLabel: string;
  afterLabel: string;
  theme: ThemeName;
}

/** Two texts beside each other, what differs marked; where it is too narrow for that, one below the other line by line. */
export default function TextDifference({ before, after, beforeLabel, afterLabel, theme }: TextDifferenceProps) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!host.current) return;
    const original = monaco.editor.createModel(before, 'plaintext');
    const modified = monaco.editor.createModel(after, 'plaintext');
    const created = monaco.editor.createDiffEditor(host.current, {
      automaticLayout: true,
      editContext: false,
      readOnly: true,
      originalEditable: false,
      fontSize: 12.5,
      lineHeight: 19,
      minimap: { enabled: false },
      scrollBeyondLastLine: false,
      renderOverviewRuler: false,
      overviewRulerLanes: 0,
      overviewRulerBorder: false,
      padding: { top: 8, bottom: 8 },
      renderLineHighlight: 'none',
      hideUnchangedRegions: { enabled: true },
      originalAriaLabel: beforeLabel,
      modifiedAriaLabel: afterLabel,
      scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
      stickyScroll: { enabled: false },
      unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: true, nonBasicASCII: false },
    });
    created.setModel({ original, modified });
    return () => {
      created.dispose();
      original.dispose();
      modified.dispose();
    };
  }, [before, after, beforeLabel, afterLabel]);
  useEffect(() => monaco.editor.setTheme(`secchi-${theme}`), [theme]);
  return <div ref={host} style={{ height: '100%' }} />;
}
