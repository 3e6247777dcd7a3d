import type { TreeRow } from './treeRows.ts';

const PAGE = 15;
const TYPE_AHEAD_MS = 800;

export type TreeKeyResult = { focus: number } | { toggle: string; on: boolean } | { act: true } | null;

/** What a key does in a tree, by the ARIA tree pattern: arrows, Home/End, Enter, and type-ahead. */
export function treeKey<T>(key: string, rows: readonly TreeRow<T>[], at: number, typed: { text: string; at: number }): TreeKeyResult {
  const row = rows[at];
  const clamp = (index: number) => ({ focus: Math.min(rows.length - 1, Math.max(0, index)) });
  if (!row) return null;
  switch (key) {
    case 'ArrowDown':
      return clamp(at + 1);
    case 'ArrowUp':
      return clamp(at - 1);
    case 'PageDown':
      return clamp(at + PAGE);
    case 'PageUp':
      return clamp(at - PAGE);
    case 'Home':
      return clamp(0);
    case 'End':
      return clamp(rows.length - 1);
    case 'ArrowRight':
      if (row.kind !== 'item' || !row.item.expandable) return null;
      return row.expanded ? clamp(at + 1) : { toggle: row.item.id, on: true };
    case 'ArrowLeft': {
      if (row.kind === 'item' && row.expanded) return { toggle: row.item.id, on: false };
      const parent = rows.findIndex((one) => one.key === row.parentId);
      return parent >= 0 ? { focus: parent } : null;
    }
    case 'Enter':
    case ' ':
      return { act: true };
  }
  if (key.length !== 1) return null;
  const now = Date.now();
  typed.text = now - typed.at < TYPE_AHEAD_MS ? typed.text + key.toLowerCase() : key.toLowerCase();
  typed.at = now;
  const from = typed.text.length > 1 ? at : at + 1;
  for (let step = 0; step < rows.length; step += 1) {
    const index = (from + step) % rows.length;
    const candidate = rows[index];
    if (candidate?.kind === 'item' && candidate.item.label.toLowerCase().startsWith(typed.text)) return { focus: index };
  }
  return null;
}
