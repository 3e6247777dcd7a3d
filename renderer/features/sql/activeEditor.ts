import type { SqlEditorHandle } from '../../editor/SqlEditor.tsx';

let active: (() => SqlEditorHandle | null) | null = null;

/** The editor of the active SQL tab registers here; answers what takes it away again. */
export function registerActiveEditor(editor: () => SqlEditorHandle | null): () => void {
  active = editor;
  return () => {
    if (active === editor) active = null;
  };
}

/** Puts text at the cursor of the active SQL tab's editor; false where no SQL tab is active. */
export function insertIntoEditor(text: string): boolean {
  const editor = active?.();
  if (!editor) return false;
  editor.insert(text);
  return true;
}
