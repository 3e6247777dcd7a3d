import { useCallback, useEffect, useMemo, useRef, useState, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../app/commands.tsx';
import { useMessages } from '../../app/messages.tsx';
import { ResultGrid, type GridSort, type ResultGridHandle } from '../../grid/ResultGrid.tsx';
import type { PageCache } from '../../grid/pageCache.ts';
import { rectangleOf, type CellPosition, type Selection } from '../../grid/selection.ts';
import { ContextMenu } from '../../ui/ContextMenu.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatBytes } from '../../ui/format.ts';
import { ToolButton } from '../../ui/Toolbar.tsx';
import type { Run } from '../../../shared/contract/runs.ts';
import { CellViewer } from './CellViewer.tsx';
import { ResultFoot } from './ResultFoot.tsx';
import styles from './results.module.css';
import { useCopy } from './useCopy.tsx';
import type { Result } from './useResult.ts';
import { useResultPages } from './useResultPages.ts';

interface Props {
  run: Run;
  result: Result;
  active: boolean;
  /** The order that is shown, for the export. */
  onView(viewId: string | undefined): void;
}

/** A finished run's rows, or why they are not there. */
export function ResultView(props: Props) {
  const { t } = useTranslation('results');
  const { state, error, reopen } = props.result;
  if (error) return <ErrorNotice error={error} onRetry={reopen} />;
  if (!state) return <EmptyState title={t('opening')} />;
  if (state.state === 'failed' && state.error) return <ErrorNotice error={state.error} onRetry={reopen} />;
  if (state.state === 'evicted')
    return (
      <EmptyState title={t('evicted.title')} text={t('evicted.text')}>
        <ToolButton onClick={reopen}>{t('evicted.reopen')}</ToolButton>
      </EmptyState>
    );
  if (state.columns.length === 0) return <EmptyState title={t('statementDone')} text={t('statementDoneText')} />;
  return <Rows {...props} />;
}

function Rows({ run, result, active, onView }: Props) {
  const { t } = useTranslation('results');
  const messages = useMessages();
  const state = result.state;
  const rows = state?.rows ?? 0;
  const names = JSON.stringify(state?.columns ?? []);
  // The same columns come with every state: the grid is made anew only where they differ.
  const columns = useMemo(() => JSON.parse(names) as { name: string; type: string }[], [names]);
  const view = useResultPages(run.id, rows);
  const grid = useRef<ResultGridHandle>(null);
  const [sample, setSample] = useState<(string | null)[][] | null>(null);
  const [selected, setSelected] = useState<{ selection: Selection; pages: PageCache } | null>(null);
  const [viewer, setViewer] = useState(false);
  const [goTo, setGoTo] = useState(false);
  const [menuAt, setMenuAt] = useState<{ x: number; y: number } | null>(null);
  const [sorting, setSorting] = useState(false);

  const pages = useCallback(
    async (sort: GridSort[]): Promise<PageCache> => {
      setSorting(sort.length > 0);
      const { viewId, pages: held } = await view(sort).finally(() => setSorting(false));
      onView(viewId);
      return held;
    },
    [view, onView],
  );
  useEffect(() => {
    let wanted = true;
    view([])
      .then(({ pages: held }) => held.block(0))
      .then(
        (page) => wanted && setSample(page.cells.map((column) => column.slice(0, 100))),
        (error: unknown) => {
          if (wanted) setSample([]);
          messages.error(error);
        },
      );
    return () => {
      wanted = false;
    };
  }, [view, messages]);

  const { copy, entries } = useCopy(columns, selected);
  useCommands([
    { id: 'results.goToRow', title: t('goToRow'), keys: 'mod+g', group: t('group'), run: () => setGoTo(true) },
    { id: 'results.focus', title: t('focusGrid'), keys: 'alt+2', group: t('group'), run: () => grid.current?.focus() },
    { id: 'results.viewer', title: t('viewCell'), keys: 'alt+3', group: t('group'), run: () => setViewer((shown) => !shown) },
    { id: 'results.copyWithHeaders', title: t('copy.tsvWithHeaders'), keys: 'mod+shift+c', group: t('group'), enabled: selected !== null, run: () => copy('tsvWithHeaders') },
  ]);

  if (!sample) return <EmptyState title={t('opening')} />;
  const at: CellPosition | null = selected?.selection.focus ?? null;
  return (
    <>
      {state?.state === 'loading' && (
        <p className={styles.note} role="note">
          {t('loadingRows', { loaded: formatBytes(state.bytesLoaded), total: formatBytes(state.bytesTotal) })}
        </p>
      )}
      {sorting && <p className={styles.note}>{t('sorting')}</p>}
      <div className={styles.split}>
        <div
          className={styles.grid}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing || !(event.ctrlKey || event.metaKey) || event.altKey) return;
            const key = event.nativeEvent.code;
            if (key === 'KeyA') grid.current?.selectAll();
            else if (key === 'KeyC' && !event.shiftKey) copy('tsv');
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
        >
          <ResultGrid
            ref={grid}
            label={active ? t('grid') : ''}
            columns={columns}
            rows={rows}
            pages={pages}
            sample={sample}
            sortable={state?.state === 'complete'}
            words={{ null: 'NULL', empty: t('emptyText') }}
            onSelect={(selection, held) => setSelected(selection && held ? { selection, pages: held } : null)}
            onOpenCell={() => setViewer(true)}
            onContextMenu={(event: MouseEvent) => {
              event.preventDefault();
              setMenuAt({ x: event.clientX, y: event.clientY });
            }}
            onError={messages.error}
          />
          {rows === 0 && state?.state === 'complete' && (
            <div className={styles.noRows}>
              <EmptyState title={t('noRows')} text={t('noRowsText')} />
            </div>
          )}
        </div>
        {viewer && at && <CellViewer at={at} columns={columns} value={selected?.pages.peek(at.row, at.column)} onClose={() => (setViewer(false), grid.current?.focus())} />}
      </div>
      <ResultFoot
        columns={columns}
        rows={rows}
        area={selected ? rectangleOf(selected.selection) : null}
        row={at?.row}
        pages={selected?.pages}
        goingTo={goTo}
        onGoTo={(row) => {
          setGoTo(false);
          if (row !== null) grid.current?.goToRow(row);
        }}
        onAskRow={() => setGoTo(true)}
      />
      <ContextMenu at={menuAt} entries={[...entries, 'separator', { label: t('viewCell'), keys: 'alt+3', run: () => setViewer(true) }]} onClose={() => setMenuAt(null)} />
    </>
  );
}
