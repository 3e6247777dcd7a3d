import { IconBell, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ConnectionPicker } from '../features/connections/ConnectionPicker.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { shownShortcut } from './keys.ts';
import { Logo } from './Logo.tsx';
import { useMessageList } from './messages.tsx';
import { useOverlays } from './overlays.tsx';
import { usePanel } from './panel.ts';
import styles from './TitleBar.module.css';

/** Connection on the left, the way to everything in the middle, what was said on the right. */
export function TitleBar() {
  const { t } = useTranslation('window');
  const { show } = useOverlays();
  const { unread } = useMessageList();
  const { showPanel } = usePanel();
  return (
    <div role="region" aria-label={t('titleBar')} className={styles.title}>
      <div className={styles.left}>
        <Logo />
        <ConnectionPicker />
      </div>
      <button type="button" className={styles.goTo} aria-keyshortcuts="Control+K" onClick={() => show('palette')}>
        <IconSearch size={15} aria-hidden />
        <span className="ellipsis">{t('goTo')}</span>
        <kbd>{shownShortcut('mod+k')}</kbd>
      </button>
      <div className={styles.right}>
        <IconButton label={unread > 0 ? t('unreadMessages', { count: unread }) : t('panel.messages')} onClick={() => showPanel('messages')} className={unread > 0 ? styles.unread : undefined}>
          <IconBell size={17} stroke={1.6} />
        </IconButton>
      </div>
    </div>
  );
}
