import { IconBucket, IconFileCode, IconPlugConnected } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ToolButton } from '../ui/Toolbar.tsx';
import { Logo } from './Logo.tsx';
import { useOpenTabs } from './openTabs.ts';
import { useOverlays } from './overlays.tsx';

/** What the dock says when no tab is open. */
export function Welcome() {
  const { t } = useTranslation('window');
  const { openSql, openObjects } = useOpenTabs();
  const { show } = useOverlays();
  return (
    <EmptyState icon={<Logo />} title={t('welcome')} text={t('welcomeText')}>
      <ToolButton icon={<IconFileCode size={15} />} keys="alt+n" onClick={() => void openSql()}>
        {t('newSql')}
      </ToolButton>
      <ToolButton icon={<IconBucket size={15} />} onClick={() => openObjects()}>
        {t('newObjects')}
      </ToolButton>
      <ToolButton icon={<IconPlugConnected size={15} />} onClick={() => show('connections')}>
        {t('connectToAws')}
      </ToolButton>
    </EmptyState>
  );
}
