import type { ReactNode } from 'react';
import type { AppError } from '../../shared/errors.ts';

/** One node as its source describes it. */
export interface TreeItem<T> {
  /** Unique in the whole tree. */
  id: string;
  label: string;
  icon?: ReactNode;
  /** At the right end, in the secondary tone: a count, a type. */
  note?: ReactNode;
  expandable: boolean;
  data: T;
}

export interface TreePage<T> {
  items: TreeItem<T>[];
  nextToken?: string | undefined;
  /** What could not be read, beside what could. */
  error?: AppError;
}

/** What is known of one node's children. */
export interface Branch<T> {
  state: 'loading' | 'ready' | 'failed';
  items: TreeItem<T>[];
  nextToken?: string | undefined;
  error?: AppError;
}

export const ROOT = '';

export type TreeRow<T> =
  | { kind: 'item'; key: string; level: number; item: TreeItem<T>; parentId: string; position: number; size: number; expanded: boolean }
  | { kind: 'loading' | 'more' | 'empty'; key: string; level: number; parentId: string }
  | { kind: 'error'; key: string; level: number; parentId: string; error: AppError };

/** The rows a tree shows, top to bottom: open nodes' children below them, and what is loading, failed or left. */
export function treeRows<T>(branches: ReadonlyMap<string, Branch<T>>, expanded: ReadonlySet<string>, keep: (item: TreeItem<T>) => boolean): TreeRow<T>[] {
  const rows: TreeRow<T>[] = [];
  const visit = (parentId: string, level: number) => {
    const branch = branches.get(parentId);
    if (!branch) {
      rows.push({ kind: 'loading', key: `${parentId}\0loading`, level, parentId });
      return;
    }
    const items = branch.items.filter(keep);
    items.forEach((item, index) => {
      const open = item.expandable && expanded.has(item.id);
      rows.push({ kind: 'item', key: item.id, level, item, parentId, position: index + 1, size: branch.nextToken ? -1 : items.length, expanded: open });
      if (open) visit(item.id, level + 1);
    });
    if (branch.error) rows.push({ kind: 'error', key: `${parentId}\0error`, level, parentId, error: branch.error });
    else if (branch.state === 'loading') rows.push({ kind: 'loading', key: `${parentId}\0loading`, level, parentId });
    else if (branch.nextToken) rows.push({ kind: 'more', key: `${parentId}\0more`, level, parentId });
    else if (items.length === 0) rows.push({ kind: 'empty', key: `${parentId}\0empty`, level, parentId });
  };
  visit(ROOT, 1);
  return rows;
}
