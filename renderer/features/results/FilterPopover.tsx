import { Popover, Portal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ColumnFilter } from '../../../shared/contract/resultViews.ts';
import { FilterEditor } from './FilterEditor.tsx';
import type { View } from './useView.ts';
import { withFilters } from './wanted.ts';

interface Props {
  runId: string;
  viewId: string | undefined;
  columns: { name: string; type: string }[];
  /** null: closed. */
  at: { column: number; rect: DOMRect } | null;
  view: View;
  onClose(): void;
}

/** The filter of one column, below its head. */
export function FilterPopover({ runId, viewId, columns, at, view, onClose }: Props) {
  const { t } = useTranslation('results');
  const column = at && columns[at.column];
  if (!at || !column) return null;
  const apply = (filters: ColumnFilter[]) => {
    view.setWanted(withFilters(view.wanted, at.column, filters));
    onClose();
  };
  // In a portal: the dock moves its panels by transforms, and a fixed anchor inside one is placed by the panel.
  return (
    <Portal>
    <Popover opened withRoles={false} onChange={(opened) => !opened && onClose()} position="bottom-start" offset={2} trapFocus returnFocus withinPortal closeOnEscape transitionProps={{ duration: 0 }} shadow="md" width={320}>
      <Popover.Target>
        <span style={{ position: 'fixed', left: at.rect.left, top: at.rect.top, width: 1, height: at.rect.height, pointerEvents: 'none' }} />
      </Popover.Target>
      <Popover.Dropdown p={0} role="dialog" aria-label={t('filter.title', { name: column.name })}>
        <FilterEditor
          key={at.column}
          runId={runId}
          viewId={viewId}
          place={at.column}
          column={column}
          filters={view.wanted.filters.filter((one) => one.column === at.column)}
          sort={view.wanted.sort.find((one) => one.column === at.column)?.direction}
          onSort={(direction) => {
            view.setWanted({ ...view.wanted, sort: direction ? [{ column: at.column, direction }] : view.wanted.sort.filter((one) => one.column !== at.column) });
            onClose();
          }}
          onApply={apply}
        />
      </Popover.Dropdown>
    </Popover>
    </Portal>
  );
}
