import { Menu } from '@mantine/core';
import { IconChevronDown, IconDots, IconMaximize, IconPlayerStopFilled, IconPlus, IconRefresh, IconTypography } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { MenuEntries, type MenuEntry } from '../../ui/ContextMenu.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { Toolbar, ToolbarSpace, ToolButton } from '../../ui/Toolbar.tsx';
import type { Dashboard } from '../../../shared/contract/dashboards.ts';
import styles from './dashboards.module.css';
import type { Refresh } from './useRefresh.ts';

export const INTERVALS = [0, 1, 5, 15, 60];

interface Props {
  dashboard: Dashboard;
  /** Queries that have ended of a refresh that goes on; null: none does. */
  progress: Refresh['progress'];
  /** What a refresh can scan and cost, in words; '' where there is nothing to refresh. */
  price: string;
  more: readonly MenuEntry[];
  onRefresh(): void;
  onStop(): void;
  onInterval(minutes: number): void;
  onAddChart(): void;
  onAddText(): void;
  onPresent(): void;
}

export function DashboardToolbar({ dashboard, progress, price, more, onRefresh, onStop, onInterval, onAddChart, onAddText, onPresent }: Props) {
  const { t } = useTranslation('dashboards');
  const words = (minutes: number) => (minutes === 0 ? t('interval.off') : t('interval.minutes', { count: minutes }));
  const charts = dashboard.tiles.some(({ kind }) => kind === 'chart');
  const drop = { position: 'bottom-end' as const, offset: 4, transitionProps: { duration: 0 }, returnFocus: true };
  return (
    <Toolbar label={t('toolbar')}>
      <h2 className={styles.name}>{dashboard.name}</h2>
      <ToolbarSpace />
      {progress ? (
        <>
          <span className={styles.quiet}>{t('ended', progress)}</span>
          <ProgressBar label={t('refreshing')} {...progress} />
          <ToolButton icon={<IconPlayerStopFilled size={13} aria-hidden />} onClick={onStop} title={t('stopAll')}>
            {t('cancel', { ns: 'window' })}
          </ToolButton>
        </>
      ) : (
        <>
          {price && (
            <span className={`${styles.quiet} ellipsis`} title={t('price.title')} data-price>
              {price}
            </span>
          )}
          <ToolButton icon={<IconRefresh size={14} aria-hidden />} primary={charts} disabled={!charts} title={charts ? undefined : t('nothingToRefresh')} onClick={onRefresh}>
            {t('refreshAll')}
          </ToolButton>
        </>
      )}
      <Menu {...drop}>
        <Menu.Target>
          <ToolButton title={t('interval.title')} aria-label={`${t('interval.title')}: ${words(dashboard.refreshMinutes)}`}>
            {words(dashboard.refreshMinutes)}
            <IconChevronDown size={14} aria-hidden />
          </ToolButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('interval.title')}</Menu.Label>
          <MenuEntries entries={INTERVALS.map((minutes) => ({ label: words(minutes), run: () => onInterval(minutes) }))} />
        </Menu.Dropdown>
      </Menu>
      <ToolButton icon={<IconPlus size={14} aria-hidden />} onClick={onAddChart}>
        {t('addChart')}
      </ToolButton>
      <IconButton label={t('addText')} onClick={onAddText}>
        <IconTypography size={16} />
      </IconButton>
      <IconButton label={t('present')} onClick={onPresent}>
        <IconMaximize size={16} />
      </IconButton>
      <Menu {...drop}>
        <Menu.Target>
          <IconButton label={t('more')}>
            <IconDots size={16} />
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          <MenuEntries entries={more} />
        </Menu.Dropdown>
      </Menu>
    </Toolbar>
  );
}
