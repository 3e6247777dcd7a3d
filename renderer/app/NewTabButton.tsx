import { Menu } from '@mantine/core';
import { IconBucket, IconFileCode, IconPlus } from '@tabler/icons-react';
import type { IDockviewHeaderActionsProps } from 'dockview-react';
import { useTranslation } from 'react-i18next';
import { MenuEntries } from '../ui/ContextMenu.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { useOpenTabs } from './openTabs.ts';

/** The + after the tabs. */
export function NewTabButton({ group }: IDockviewHeaderActionsProps) {
  const { t } = useTranslation('window');
  const { openSql, openObjects } = useOpenTabs();
  const entries = [
    { label: t('newSql'), icon: <IconFileCode size={15} />, keys: 'alt+n', run: () => openSql() },
    { label: t('newObjects'), icon: <IconBucket size={15} />, run: () => openObjects() },
  ];
  return (
    <Menu position="bottom-start" onOpen={() => group.api.setActive()}>
      <Menu.Target>
        <IconButton label={t('newTab')} style={{ margin: '4px 6px' }}>
          <IconPlus size={17} stroke={1.6} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        <MenuEntries entries={entries} />
      </Menu.Dropdown>
    </Menu>
  );
}
