import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../app/commands.tsx';
import { useConnections } from '../../app/connectionContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { useTabScope } from '../../app/tabScope.tsx';
import { useConfirm } from '../../ui/confirm.tsx';
import type { MenuEntry } from '../../ui/ContextMenu.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ToolButton } from '../../ui/Toolbar.tsx';
import type { ChartTile, Dashboard, Tile, TilePlace } from '../../../shared/contract/dashboards.ts';
import { useAskBeforeClosing } from '../sql/useAskBeforeClosing.ts';
import { ChartDialog } from './ChartDialog.tsx';
import { DashboardParameters } from './DashboardParameters.tsx';
import { DashboardToolbar } from './DashboardToolbar.tsx';
import styles from './dashboards.module.css';
import { TileDialog } from './TileDialog.tsx';
import { priceWords } from './priceWords.ts';
import { ranWithOthers } from './tileQueries.ts';
import { add, COLUMNS, place, rowsUsed, tidy } from './tileLayout.ts';
import { TileView } from './TileView.tsx';
import { useAutoRefresh } from './useAutoRefresh.ts';
import type { OpenDashboard } from './useDashboard.ts';
import { useDashboardMenu } from './useDashboardMenu.ts';
import { useOpenTileQuery } from './useOpenTileQuery.ts';
import { useRefresh } from './useRefresh.ts';
import { GAP, ROW, useTileDrag } from './useTileDrag.ts';
import { useTilePrices } from './useTilePrices.ts';

interface Props {
  tabId: string;
  dashboard: Dashboard;
  change: OpenDashboard['change'];
}

/** Tool bar and tiles of a dashboard. */
export function DashboardView({ tabId, dashboard, change }: Props) {
  const { t } = useTranslation('dashboards');
  const messages = useMessages();
  const confirm = useConfirm();
  const { isActive } = useTabScope();
  const { list: connections, current } = useConnections();
  const root = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [menu, setMenu] = useState<string | null>(null);
  const [edited, setEdited] = useState<{ tile: Tile; isNew: boolean } | null>(null);
  const [drawing, setDrawing] = useState<string | null>(null);
  const prices = useTilePrices(dashboard, isActive);
  const { runs, refresh: runTiles, stop, bills, progress } = useRefresh(dashboard, change, prices);
  const busy = progress !== null;
  const counted = prices.all.filter((one) => one !== undefined);
  const price = counted.length < prices.all.length ? t('price.counting') : priceWords(t, [...counted, ...Array<null>(prices.unpriced).fill(null)]);
  useAskBeforeClosing(tabId, busy, { title: t('closing.title'), body: t('closing.text'), action: t('closing.confirm') });
  const more = useDashboardMenu(dashboard, change);
  const openQuery = useOpenTileQuery(dashboard);
  const refresh = async (ids?: readonly string[], asked = false) => {
    const { missing } = await runTiles(ids, { asked });
    // By itself it leads nobody away from what they type.
    if (missing !== undefined && !asked) root.current?.querySelector<HTMLElement>(`[data-parameter="${CSS.escape(missing)}"]`)?.focus();
  };
  useAutoRefresh(dashboard.refreshMinutes, isActive, busy, () => void refresh(undefined, true));

  useEffect(() => {
    const element = grid.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const setTiles = (part: (tiles: Tile[]) => Tile[]) => change((before) => ({ ...before, tiles: part(before.tiles) }));
  const onPlace = (id: string, at: TilePlace) => setTiles((tiles) => place(tiles, id, at));
  const drag = useTileDrag(dashboard.tiles, width, onPlace);
  const remove = (tile: Tile) => {
    setTiles((tiles) => tidy(tiles.filter(({ id }) => id !== tile.id)));
    messages.notify(t('tile.removed'), 'info', { label: t('takeBack'), run: () => setTiles((tiles) => place([...tiles, tile], tile.id, tile.at)) });
  };
  const save = (tile: Tile, isNew: boolean) => {
    setEdited(null);
    setTiles((tiles) => (isNew ? add(tiles, tile) : tiles.map((one) => (one.id === tile.id ? tile : one))));
    // The dashboard that is refreshed is the one with the tile on it.
    if (tile.kind === 'chart' && !tile.runId) setTimeout(() => void refresh([tile.id]), 0);
  };
  const addChart = () => setEdited({ isNew: true, tile: { kind: 'chart', id: crypto.randomUUID(), at: { x: 0, y: 0, w: 6, h: 7 }, title: '', query: { connectionId: current.id, sql: '', catalog: 'AwsDataCatalog', workgroup: 'primary' } } });
  const addText = () => setEdited({ isNew: true, tile: { kind: 'text', id: crypto.randomUUID(), at: { x: 0, y: 0, w: 4, h: 3 }, text: '' } });
  const present = () => root.current?.requestFullscreen().catch(messages.error);
  const setInterval = async (refreshMinutes: number) => {
    if (refreshMinutes > 0 && bills && !(await confirm({ title: t('interval.costTitle'), body: t('interval.cost', { price }), action: t('interval.costAction') }))) return;
    change((before) => ({ ...before, refreshMinutes }));
  };
  const entriesOf = (tile: Tile): MenuEntry[] => [
    ...(tile.kind === 'chart'
      ? [
          { label: t('tile.openQuery'), run: () => openQuery(tile) },
          { label: t('tile.editChart'), disabled: tile.runId ? undefined : t('notRun'), run: () => setDrawing(tile.id) },
          { label: t('tile.editQuery'), run: () => setEdited({ tile, isNew: false }) },
        ]
      : [{ label: t('tile.editText'), run: () => setEdited({ tile, isNew: false }) }]),
    'separator',
    { label: t('tile.remove'), danger: true, run: () => remove(tile) },
  ];
  const group = t('title');
  useCommands([
    { id: 'dashboard.refresh', title: t('refreshAll'), keys: 'f5', group, enabled: !busy && dashboard.tiles.length > 0, run: () => void refresh() },
    { id: 'dashboard.stop', title: t('stopAll'), keys: 'mod+shift+backspace', group, enabled: busy, run: () => stop() },
    { id: 'dashboard.addChart', title: t('addChart'), group, run: addChart },
    { id: 'dashboard.addText', title: t('addText'), group, run: addText },
    { id: 'dashboard.present', title: t('present'), group, run: () => void present() },
    ...more.map(({ id, label, run }) => ({ id: `dashboard.${id}`, title: t('ofThis', { action: label }), group, run })),
  ]);

  const step = { x: (width + GAP) / COLUMNS, y: ROW + GAP };
  const drawn = dashboard.tiles.find((tile): tile is ChartTile => tile.kind === 'chart' && tile.id === drawing);
  return (
    <div ref={root} className={styles.tab}>
      <DashboardToolbar dashboard={dashboard} progress={progress} price={price} more={more} onRefresh={() => void refresh()} onStop={() => stop()} onInterval={(minutes) => void setInterval(minutes)} onAddChart={addChart} onAddText={addText} onPresent={() => void present()} />
      <DashboardParameters dashboard={dashboard} change={change} onRefresh={(ids) => void refresh(ids)} />
      <div className={styles.scroll}>
        <div ref={grid} className={styles.grid} role="region" aria-label={t('tiles')} style={{ height: Math.max(0, rowsUsed(drag.shown) * step.y - GAP) }}>
          {dashboard.tiles.length === 0 && (
            <EmptyState title={t('empty')} text={t('emptyText')}>
              <ToolButton onClick={addChart}>{t('addChart')}</ToolButton>
              <ToolButton onClick={addText}>{t('addText')}</ToolButton>
            </EmptyState>
          )}
          {width > 0 &&
            drag.shown.map((tile) => {
              const connection = tile.kind === 'chart' ? connections.find(({ id }) => id === tile.query.connectionId) : undefined;
              const elsewhere = tile.kind !== 'chart' ? undefined : !connection ? { name: t('connectionGone', { id: tile.query.connectionId }), gone: true } : connection.kind === 'local' ? undefined : { name: connection.name, gone: false };
              const tileWidth = tile.at.w * step.x - GAP;
              return (
                <div key={tile.id} className={styles.cell} data-dragged={drag.dragged === tile.id} style={{ left: tile.at.x * step.x, top: tile.at.y * step.y, width: tileWidth, height: tile.at.h * step.y - GAP }}>
                  <TileView
                    tile={tile}
                    run={runs[tile.id]}
                    price={tile.kind === 'chart' && prices.byTile.has(tile.id) ? priceWords(t, [prices.byTile.get(tile.id)!]) : ''}
                    outdated={tile.kind === 'chart' && ranWithOthers(tile, dashboard.parameters)}
                    connection={elsewhere}
                    width={Math.ceil(tileWidth / 100) * 100}
                    entries={entriesOf(tile)}
                    menuOpen={menu === tile.id}
                    onMenu={(open) => setMenu(open ? tile.id : null)}
                    onPlace={(at) => onPlace(tile.id, at)}
                    onRemove={() => remove(tile)}
                    onRefresh={() => void refresh([tile.id])}
                    onStop={() => stop(tile.id)}
                    onDrag={(event, what) => drag.begin(tile, event, what)}
                  />
                </div>
              );
            })}
        </div>
      </div>
      {edited && <TileDialog tile={edited.tile} isNew={edited.isNew} onSave={(tile) => save(tile, edited.isNew)} onClose={() => setEdited(null)} />}
      {drawn && <ChartDialog tile={drawn} onChange={(chart) => setTiles((tiles) => tiles.map((tile) => (tile.id === drawn.id && tile.kind === 'chart' ? { ...tile, chart } : tile)))} onClose={() => setDrawing(null)} />}
    </div>
  );
}
