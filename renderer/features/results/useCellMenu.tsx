import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { CellTest } from '../../../shared/contract/resultViews.ts';
import type { ResultGridHandle } from '../../grid/ResultGrid.tsx';
import type { MenuEntry } from '../../ui/ContextMenu.tsx';
import type { Panel } from './RowsArea.tsx';
import { selectedColumns, type Selected } from './selected.ts';
import type { View } from './useView.ts';

interface Options {
  columns: { name: string; type: string }[];
  selected: Selected | null;
  view: View;
  ready: boolean;
  grid: RefObject<ResultGridHandle | null>;
  toggle(panel: Panel): void;
}

const shortened = (value: string | null): string => (value === null ? 'NULL' : value.length > 20 ? `${value.slice(0, 20)}…` : value);

/** What a cell's menu offers beside copying: filters by its value, the order, its column, its record. */
export function useCellMenu({ columns, selected, view, ready, grid, toggle }: Options): MenuEntry[] {
  const { t } = useTranslation('results');
  const at = selected?.at;
  const column = at && columns[at.column];
  if (!selected || !at || !column) return [];
  const waiting = ready ? undefined : t('view.waitForAll');
  const { wanted, setWanted } = view;
  const value = selected.pages.peek(at.row, at.column);
  const add = (not: boolean) => {
    const test: CellTest = value === null || value === undefined ? { kind: 'null' } : { kind: 'in', values: [value] };
    setWanted({ ...wanted, filters: [...wanted.filters, { column: at.column, not, test }] });
  };
  const sort = (direction: 'asc' | 'desc') => setWanted({ ...wanted, sort: [{ column: at.column, direction }] });
  const places = selectedColumns(selected);
  const layout = () => grid.current?.layout();
  const change = (part: 'hidden' | 'pinned', next: (list: number[]) => number[]) => {
    const now = layout();
    if (now) grid.current?.setLayout({ ...now, [part]: next(now[part]) });
  };
  const pinned = layout()?.pinned.includes(at.column) ?? false;
  return [
    { label: t('menu.only', { name: column.name, value: shortened(value ?? null) }), disabled: waiting, run: () => add(false) },
    { label: t('menu.without', { name: column.name, value: shortened(value ?? null) }), disabled: waiting, run: () => add(true) },
    { label: t('menu.filter', { name: column.name }), keys: 'mod+shift+l', disabled: waiting, run: () => grid.current?.openFilter(at.column) },
    { label: t('sort.ascending'), disabled: waiting, run: () => sort('asc') },
    { label: t('sort.descending'), disabled: waiting, run: () => sort('desc') },
    'separator',
    { label: t('menu.hide', { count: places.length }), disabled: places.length >= selected.shown.length ? t('menu.lastColumn') : undefined, run: () => change('hidden', (list) => [...list, ...places]) },
    { label: t(pinned ? 'menu.unpin' : 'menu.pin', { count: places.length }), run: () => change('pinned', (list) => (pinned ? list.filter((one) => !places.includes(one)) : [...list.filter((one) => !places.includes(one)), ...places])) },
    { label: t('menu.autoSize', { count: places.length }), run: () => grid.current?.autoSize(places) },
    'separator',
    { label: t('menu.profile', { name: column.name }), disabled: waiting, run: () => toggle('profile') },
    { label: t('panel.record'), keys: 'alt+4', run: () => toggle('record') },
    { label: t('viewCell'), keys: 'alt+3', run: () => toggle('cell') },
  ];
}
