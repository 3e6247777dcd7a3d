import { IconChartHistogram, IconColumns3, IconId, IconTextRecognition } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState, type MouseEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ColumnFilter } from '../../../shared/contract/resultViews.ts';
import { useMessages } from '../../app/messages.tsx';
import { fittingLayout, shownColumns, type ColumnLayout } from '../../grid/columnLayout.ts';
import { ResultGrid, type ResultGridHandle } from '../../grid/ResultGrid.tsx';
import { ContextMenu } from '../../ui/ContextMenu.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { CellPanel } from './CellPanel.tsx';
import { ColumnsPanel } from './ColumnsPanel.tsx';
import type { ExportedRows } from './exportedRows.ts';
import { FilterPopover } from './FilterPopover.tsx';
import { ProfilePanel } from './ProfilePanel.tsx';
import { RecordPanel } from './RecordPanel.tsx';
import { ResultFoot } from './ResultFoot.tsx';
import styles from './results.module.css';
import { selectedOf, type Selected } from './selected.ts';
import { useCellMenu } from './useCellMenu.tsx';
import { useCopy } from './useCopy.tsx';
import { useKept } from './useKept.ts';
import { useRowsCommands } from './useRowsCommands.ts';
import { useSample } from './useSample.ts';
import { useView, type Base } from './useView.ts';
import { ViewBar } from './ViewBar.tsx';
import { fittingWanted, isFiltered, withFilters, withMore, type Wanted } from './wanted.ts';

export type Panel = 'cell' | 'record' | 'columns' | 'profile';

interface Props {
  base: Base;
  /** All rows are here: they can be sorted, filtered and counted. */
  ready: boolean;
  active: boolean;
  /** Filters that another way of showing the result asks for, beside those that are there: once for each list. */
  drill?: ColumnFilter[] | undefined;
  onView(rows: ExportedRows): void;
}

/** Rows in a grid, with all that can be done with them. */
export function RowsArea({ base, ready, active, drill, onView }: Props) {
  const { t } = useTranslation('results');
  const messages = useMessages();
  const { columns, runId } = base;
  const signature = useMemo(() => columns.map(({ name, type }) => `${name} ${type}`).join('|').slice(0, 400), [columns]);
  const [keptLayout, keepLayout] = useKept('layouts', signature, (kept) => fittingLayout(kept, columns.length));
  const [keptWanted, keepWanted] = useKept<Wanted>('views', `${runId}${base.viewId ?? ''}`, (kept) => fittingWanted(kept, columns.length));
  const [layout, setLayout] = useState<ColumnLayout>(keptLayout);
  const view = useView(base, keptWanted, keepWanted);
  const { shown, wanted } = view;
  const sample = useSample(shown.pages, columns.length);
  const grid = useRef<ResultGridHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  const [selected, setSelected] = useState<Selected | null>(null);
  const [panel, setPanel] = useState<Panel | null>(null);
  const [filterAt, setFilterAt] = useState<{ column: number; rect: DOMRect } | null>(null);
  const [goTo, setGoTo] = useState(false);
  /** The column that was chosen to be profiled; undefined: the one the grid is on. */
  const [profiled, setProfiled] = useState<number>();
  const [menuAt, setMenuAt] = useState<{ x: number; y: number } | null>(null);
  const filtered = useMemo(() => new Set(wanted.filters.map(({ column }) => column)), [wanted.filters]);

  const filteredNow = isFiltered(shown.wanted);
  const { viewId: baseId, rows: baseRows } = base;
  useEffect(
    () => onView({ viewId: shown.viewId, rows: shown.rows, all: isFiltered(shown.wanted) ? { viewId: baseId, rows: baseRows } : undefined, wanted: shown.wanted }),
    [onView, shown.viewId, shown.rows, shown.wanted, baseId, baseRows],
  );

  const drilled = useRef<ColumnFilter[]>(undefined);
  useEffect(() => {
    if (!drill || drilled.current === drill) return;
    drilled.current = drill;
    view.setWanted(withMore(wanted, drill));
    grid.current?.focus();
  }, [drill, view, wanted]);

  const onLayout = useCallback(
    (next: ColumnLayout) => {
      setLayout(next);
      keepLayout(next);
    },
    [keepLayout],
  );
  const toggle = (which: Panel) => setPanel((before) => (before === which ? null : which));
  const closePanel = () => {
    setPanel(null);
    grid.current?.focus();
  };
  const { copy, entries, formats } = useCopy(columns, selected);
  const menu = useCellMenu({ columns, selected, view, ready, grid, toggle });
  useRowsCommands({ grid, search, copy, formats, selected, ready, view, toggle, askRow: () => setGoTo(true) });

  if (!sample) return <EmptyState title={t('opening')} />;
  const at = selected?.at;
  // Where nothing is selected, panels begin with the first cell.
  const cell = at ?? { row: 0, column: shownColumns(layout)[0] ?? 0 };
  const barButton = (which: Panel, icon: ReactNode, keys?: string) => (
    <IconButton label={t(`panel.${which}`)} keys={keys} pressed={panel === which} onClick={() => toggle(which)}>
      {icon}
    </IconButton>
  );
  return (
    <>
      <ViewBar view={view} columns={columns} total={base.rows} ready={ready} searchRef={search} onFilter={(column) => grid.current?.openFilter(column)}>
        {barButton('columns', <IconColumns3 size={16} />)}
        {barButton('record', <IconId size={16} />, 'alt+4')}
        {barButton('cell', <IconTextRecognition size={16} />, 'alt+3')}
        {ready && barButton('profile', <IconChartHistogram size={16} />)}
      </ViewBar>
      <div className={styles.split}>
        <div
          className={styles.grid}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing || !(event.ctrlKey || event.metaKey) || event.altKey) return;
            const key = event.nativeEvent.code;
            if (key === 'KeyA') grid.current?.selectAll();
            else if (key === 'KeyC' && !event.shiftKey) copy('tsv');
            else if (key === 'KeyF' && !event.shiftKey) search.current?.focus();
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
        >
          <ResultGrid
            ref={grid}
            label={active ? t('grid') : ''}
            columns={columns}
            rows={shown.rows}
            pages={shown.pages}
            sample={sample}
            sort={wanted.sort}
            filtered={filtered}
            ready={ready}
            initialLayout={keptLayout}
            words={{ null: 'NULL', empty: t('emptyText'), filter: (name) => t('filter.title', { name }) }}
            onSort={(sort) => view.setWanted({ ...wanted, sort })}
            onFilter={(column, anchor) => setFilterAt({ column, rect: anchor.getBoundingClientRect() })}
            onLayout={onLayout}
            onSelect={(selection, places) => {
              setSelected(selection && selectedOf(selection, places, shown));
              if (selection) setProfiled(undefined);
            }}
            onOpenCell={() => setPanel((before) => before ?? 'cell')}
            onContextMenu={(event: MouseEvent) => {
              event.preventDefault();
              setMenuAt({ x: event.clientX, y: event.clientY });
            }}
            onError={messages.error}
          />
          {shown.rows === 0 && ready && (
            <div className={styles.noRows}>{filteredNow ? <EmptyState title={t('nothingPasses')} text={t('nothingPassesText')} /> : <EmptyState title={t('noRows')} text={t('noRowsText')} />}</div>
          )}
        </div>
        {panel === 'cell' && shown.rows > 0 && <CellPanel row={cell.row} place={cell.column} column={columns[cell.column]!} pages={shown.pages} onClose={closePanel} />}
        {panel === 'record' && (
          <RecordPanel
            row={at?.row ?? 0}
            rows={shown.rows}
            current={at?.column ?? -1}
            columns={columns}
            shown={selected?.shown ?? shownColumns(layout)}
            pages={shown.pages}
            onMove={(by) => grid.current?.moveRows(by)}
            onClose={closePanel}
            onError={messages.error}
          />
        )}
        {panel === 'profile' && (
          <ProfilePanel
            runId={runId}
            viewId={shown.viewId}
            columns={columns}
            place={profiled ?? at?.column ?? 0}
            filtered={filteredNow}
            onColumn={setProfiled}
            onOnly={(test) => view.setWanted(withFilters(wanted, profiled ?? at?.column ?? 0, [{ column: profiled ?? at?.column ?? 0, not: false, test }]))}
            onClose={closePanel}
          />
        )}
        {panel === 'columns' && (
          <ColumnsPanel
            columns={columns}
            layout={layout}
            onLayout={(next) => grid.current?.setLayout(next)}
            onShow={(column) => grid.current?.showColumn(column)}
            onAutoSize={() => grid.current?.autoSize()}
            onClose={closePanel}
          />
        )}
      </div>
      <ResultFoot
        runId={runId}
        rows={shown.rows}
        selected={selected}
        ready={ready}
        goingTo={goTo}
        onGoTo={(row) => {
          setGoTo(false);
          if (row !== null) grid.current?.goToRow(row);
        }}
        onAskRow={() => setGoTo(true)}
      />
      <FilterPopover runId={runId} viewId={base.viewId} columns={columns} at={filterAt} view={view} onClose={() => setFilterAt(null)} />
      <ContextMenu at={menuAt} entries={[...entries, 'separator', ...menu]} onClose={() => setMenuAt(null)} />
    </>
  );
}
