import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent, type Ref } from 'react';
import { ContextMenu, type MenuEntry } from './ContextMenu.tsx';
import { focusWhenThere } from './focusWhenThere.ts';
import styles from './Tree.module.css';
import { useBranches, type LoadChildren } from './treeBranches.ts';
import { treeKey } from './treeKeys.ts';
import { TreeRowView } from './TreeRowView.tsx';
import { ROOT, treeRows, type TreeItem } from './treeRows.ts';

export type { TreeItem, TreePage } from './treeRows.ts';

export interface TreeHandle {
  /** Reads a node's children again; without an id, the roots'. */
  reload(id?: string): void;
}

interface Props<T> {
  /** The accessible name: "Buckets". */
  label: string;
  load: LoadChildren<T>;
  /** Ids of open nodes, kept by the caller (useView) so that they come back. */
  expanded: readonly string[];
  onExpandedChange(ids: string[]): void;
  selectedId?: string | undefined;
  /** A click on a row. */
  onPick?(item: TreeItem<T>): void;
  /** Enter or a double click. */
  onOpen?(item: TreeItem<T>): void;
  menu?(item: TreeItem<T>): MenuEntry[];
  /** Leaves out what is loaded and does not match. */
  keep?(item: TreeItem<T>): boolean;
  /** Shown under an open node without children. */
  emptyText: string;
  ref?: Ref<TreeHandle>;
}

const keepAll = () => true;
const ROW = 24;

/** A lazy, virtual tree: arrow keys, type-ahead, a row of its own for what loads, fails or is left. */
export function Tree<T>(props: Props<T>) {
  const { label, load, expanded, onExpandedChange, selectedId, onPick, onOpen, menu, keep = keepAll, emptyText, ref } = props;
  const { branches, reload, loadMore } = useBranches(load);
  const open = useMemo(() => new Set(expanded), [expanded]);
  const rows = useMemo(() => treeRows(branches, open, keep), [branches, open, keep]);
  const items = useMemo(() => new Map([...branches.values()].flatMap((branch) => branch.items.map((item) => [item.id, item] as const))), [branches]);
  const [focusedKey, setFocusedKey] = useState<string>();
  const [menuAt, setMenuAt] = useState<{ x: number; y: number; entries: MenuEntry[] } | null>(null);
  const typed = useRef({ text: '', at: 0 });
  const scroller = useRef<HTMLDivElement>(null);
  const idBase = useId();
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 12, getItemKey: (index) => rows[index]?.key ?? index });

  // What is open and not read yet is read; this is also how a restored tree fills.
  useEffect(() => {
    for (const row of rows) {
      if (row.kind === 'loading' && !branches.has(row.parentId) && row.parentId !== ROOT) reload(items.get(row.parentId) ?? null);
    }
  }, [rows, branches, items, reload]);

  useImperativeHandle(ref, () => ({ reload: (id) => (id === undefined ? reload(null) : items.has(id) && reload(items.get(id) ?? null)) }), [reload, items]);

  const focusedIndex = Math.max(0, rows.findIndex((row) => row.key === (focusedKey ?? selectedId)));
  const setExpanded = (id: string, on: boolean) => onExpandedChange(on ? [...new Set([...expanded, id])] : expanded.filter((one) => one !== id));
  const focusRow = (index: number) => {
    setFocusedKey(rows[index]?.key);
    virtual.scrollToIndex(index);
  };
  const act = (index: number) => {
    const row = rows[index];
    if (row?.kind === 'item') (onOpen ?? onPick)?.(row.item);
    else if (row?.kind === 'more') loadMore(items.get(row.parentId) ?? null);
    else if (row?.kind === 'error') reload(items.get(row.parentId) ?? null);
  };
  const openMenu = (index: number, x: number, y: number) => {
    const row = rows[index];
    const entries = row?.kind === 'item' ? menu?.(row.item) : undefined;
    if (entries?.length) setMenuAt({ x, y, entries });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      const box = document.getElementById(`${idBase}${focusedIndex}`)?.getBoundingClientRect();
      if (box) openMenu(focusedIndex, box.left + 40, box.bottom);
      event.preventDefault();
      return;
    }
    const result = treeKey(event.key, rows, focusedIndex, typed.current);
    if (!result) return;
    event.preventDefault();
    if ('focus' in result) focusRow(result.focus);
    else if ('toggle' in result) setExpanded(result.toggle, result.on);
    else act(focusedIndex);
  };

  // In another part of the window, or filtered, a tree is another one; whoever was in it stays in it.
  useLayoutEffect(() => {
    const tree = scroller.current;
    return () => {
      if (tree?.contains(document.activeElement)) focusWhenThere('tree', label);
    };
  }, [label]);

  return (
    <div ref={scroller} className={styles.scroller}>
      <div
        role="tree"
        aria-label={label}
        tabIndex={0}
        aria-activedescendant={rows.length > 0 ? `${idBase}${focusedIndex}` : undefined}
        className={styles.tree}
        style={{ height: virtual.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const row = rows[index];
          if (!row) return null;
          return (
            <TreeRowView
              key={key}
              id={`${idBase}${index}`}
              row={row}
              top={start}
              focused={index === focusedIndex}
              selected={row.kind === 'item' && row.item.id === selectedId}
              emptyText={emptyText}
              onClick={() => {
                setFocusedKey(row.key);
                if (row.kind === 'item') onPick?.(row.item);
                else act(index);
              }}
              onDoubleClick={() => {
                if (row.kind !== 'item') return;
                if (onOpen) onOpen(row.item);
                else if (row.item.expandable) setExpanded(row.item.id, !row.expanded);
              }}
              onToggle={() => row.kind === 'item' && setExpanded(row.item.id, !row.expanded)}
              onContextMenu={(event: MouseEvent) => {
                event.preventDefault();
                setFocusedKey(row.key);
                openMenu(index, event.clientX, event.clientY);
              }}
            />
          );
        })}
      </div>
      <ContextMenu at={menuAt} entries={menuAt?.entries ?? []} onClose={() => setMenuAt(null)} />
    </div>
  );
}
