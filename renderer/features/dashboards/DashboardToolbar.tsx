import { Menu } from '@mantine/core';
import { IconChevronDown, IconDots, IconMaximize, IconPlus, IconRefresh, IconTypography } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { MenuEntries, type MenuEntry } from '../../ui/ContextMenu.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Toolbar, ToolbarSpace, ToolButton } from '../../ui/Toolbar.tsx';
import type { Dashboard } from '../../../shared/contract/dashboards.ts';
import styles from './dashboards.module.css';

export const INTERVALS = [0, 1, 5, 15, 60];

interface Props {
  dashboard: Dashboard;
  busy: boolean;
  /** What a refresh costs, in words; '' where nothing is known of it. */
  price: string;
  more: readonly MenuEntry[];
  onRefresh(): void;
  onInterval(minutes: number): void;
  onAddChart(): void;
  onAddText(): void;
  onPresent(): void;
}

export function DashboardToolbar({ dashboard, busy, price, more, onRefresh, onInterval, onAddChart, onAddText, onPresent }: Props) {
  const { t } = useTranslation('dashboards');
  const words = (minutes: number) => (minutes === 0 ? t('interval.off') : t('interval.minutes', { count: minutes }));
  const charts = dashboard.tiles.some(({ kind }) => kind === 'chart');
  const drop = { position: 'bottom-end' as const, offset: 4, transitionProps: { duration: 0 }, returnFocus: true };
  return (
    <Toolbar label={t('toolbar')}>
      <h2 className={styles.name}>{dashboard.name}</h2>
      <ToolbarSpace />
      {price && <span className={`${styles.quiet} ellipsis`}>{price}</span>}
      <ToolButton icon={<IconRefresh size={14} aria-hidden />} primary={charts} disabled={busy || !charts} title={charts ? undefined : t('nothingToRefresh')} onClick={onRefresh}>
        {t(busy ? 'refreshing' : 'refreshAll')}
      </ToolButton>
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
