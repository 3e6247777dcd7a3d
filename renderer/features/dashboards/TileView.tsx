import { Menu } from '@mantine/core';
import { IconDots, IconPlayerStopFilled, IconRefresh } from '@tabler/icons-react';
import { lazy, Suspense, type KeyboardEvent, type PointerEvent, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { MenuEntries, type MenuEntry } from '../../ui/ContextMenu.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatDate } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Chip } from '../../ui/Toolbar.tsx';
import type { Tile, TilePlace } from '../../../shared/contract/dashboards.ts';
import styles from './dashboards.module.css';
import { TileChart } from './TileChart.tsx';
import { COLUMNS } from './tileLayout.ts';
import type { TileRun } from './useRefresh.ts';

const Markdown = lazy(() => import('../preview/Markdown.tsx'));

interface Props {
  ref?: Ref<HTMLElement>;
  tile: Tile;
  run: TileRun | undefined;
  /** What refreshing it can scan and cost, in words; '' where nobody knows. */
  price: string;
  /** Its result was run with other values than the fields hold now. */
  outdated: boolean;
  /** Named where the connection is not the one around, or is gone. */
  connection: { name: string; gone: boolean } | undefined;
  width: number;
  entries: readonly MenuEntry[];
  menuOpen: boolean;
  onMenu(open: boolean): void;
  onPlace(at: TilePlace): void;
  onRemove(): void;
  onRefresh(): void;
  onStop(): void;
  onDrag(event: PointerEvent, what: 'move' | 'resize'): void;
}

/** The first words of a text tile: what it is called. */
const headOf = (text: string): string => /[^#*\s].*/.exec(text)?.[0]?.slice(0, 80) ?? '';

/** One tile: its head (moves it), its content, its corner (resizes it). */
export function TileView({ ref, tile, run, price, outdated, connection, width, entries, menuOpen, onMenu, onPlace, onRemove, onRefresh, onStop, onDrag }: Props) {
  const { t } = useTranslation('dashboards');
  const title = tile.kind === 'chart' ? tile.title || t('tile.untitled') : headOf(tile.text) || t('tile.text');
  const running = run?.state === 'running';
  const { x, y, w, h } = tile.at;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const [dx = 0, dy = 0] = ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] } as Record<string, number[]>)[event.key] ?? [];
    if (dx || dy) onPlace(event.shiftKey ? { x, y, w: Math.min(COLUMNS - x, w + dx), h: h + dy } : { x: x + dx, y: y + dy, w, h });
    else if (event.key === 'Enter' || event.key === 'ContextMenu') onMenu(true);
    else if (event.key === 'Delete') onRemove();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <section ref={ref} className={styles.tile} aria-label={title} data-kind={tile.kind} data-state={running ? 'running' : run?.state}>
      <header className={styles.bar}>
        <div className={styles.head} role="button" tabIndex={0} aria-label={t('tile.head', { title })} aria-description={t('tile.keys', { x: x + 1, y: y + 1, w, h })} onKeyDown={onKeyDown} onPointerDown={(event) => event.button === 0 && onDrag(event, 'move')}>
          <span className={styles.title}>{tile.kind === 'chart' ? title : ''}</span>
        </div>
        <div className={styles.tools}>
          {connection && <Chip tone={connection.gone ? 'error' : 'plain'}>{connection.name}</Chip>}
          {run?.state === 'stopped' && <span className={styles.quiet}>{t('stoppedShort')}</span>}
          {outdated && !running && (
            <Chip tone="warning" title={t('parameters.othersTitle')}>
              {t('parameters.others')}
            </Chip>
          )}
          {running ? <span className={styles.quiet}>{t('running')}</span> : tile.kind === 'chart' && tile.ranAt && <span className={styles.quiet}>{formatDate(tile.ranAt)}</span>}
          {tile.kind === 'chart' &&
            (running ? (
              <IconButton label={t('stopTile', { title })} onClick={onStop}>
                <IconPlayerStopFilled size={13} />
              </IconButton>
            ) : (
              <IconButton label={t('refreshTile', { title })} note={price} disabled={connection?.gone} onClick={onRefresh}>
                <IconRefresh size={14} />
              </IconButton>
            ))}
          <Menu opened={menuOpen} onChange={onMenu} position="bottom-end" offset={2} transitionProps={{ duration: 0 }} returnFocus>
            <Menu.Target>
              <IconButton label={t('tile.menu', { title })}>
                <IconDots size={15} />
              </IconButton>
            </Menu.Target>
            <Menu.Dropdown>
              <MenuEntries entries={entries} />
            </Menu.Dropdown>
          </Menu>
        </div>
      </header>
      {run?.error && run.state === 'failed' && (
        <div className={styles.failure}>
          <ErrorNotice error={run.error} compact onRetry={onRefresh} />
        </div>
      )}
      <div className={styles.content}>
        {tile.kind === 'text' ? (
          <div className={styles.text}>
            <Suspense>
              <Markdown text={tile.text} label={title} />
            </Suspense>
          </div>
        ) : (
          <TileChart tile={tile} running={running} width={width} onRefresh={onRefresh} />
        )}
      </div>
      <span aria-hidden className={styles.corner} onPointerDown={(event) => event.button === 0 && onDrag(event, 'resize')} />
    </section>
  );
}
