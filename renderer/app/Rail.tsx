import { IconArrowsExchange, IconChartBar, IconDatabase, IconSettings, IconShare, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Tooltip } from '@mantine/core';
import { useOverlays } from './overlays.tsx';
import styles from './Rail.module.css';
import { useView } from './workspace.tsx';

export type RailPart = 'store' | 'move' | 'analyse';

const parts: { name: RailPart; icon: Icon }[] = [
  { name: 'store', icon: IconDatabase },
  { name: 'move', icon: IconArrowsExchange },
  { name: 'analyse', icon: IconChartBar },
];

/** The lake in its parts; the chosen one fills the side bar. */
export function Rail() {
  const { t } = useTranslation('window');
  const { show } = useOverlays();
  const [part, setPart] = useView<RailPart>('part', 'analyse');
  const [sideOpen, setSideOpen] = useView('sideOpen', true);
  const choose = (name: RailPart) => {
    setSideOpen(true);
    setPart(name);
  };
  return (
    <nav aria-label={t('lake')} className={styles.rail}>
      {parts.map(({ name, icon: PartIcon }) => (
        <Tooltip key={name} label={t(`rail.${name}Text`)} position="right">
          <button type="button" className={styles.part} aria-pressed={part === name && sideOpen} onClick={() => choose(name)}>
            <PartIcon size={19} stroke={1.6} aria-hidden />
            {t(`rail.${name}`)}
          </button>
        </Tooltip>
      ))}
      <Tooltip label={t('rail.mapText')} position="right">
        <button type="button" className={styles.part} aria-disabled="true" aria-description={t('rail.mapText')}>
          <IconShare size={19} stroke={1.6} aria-hidden />
          {t('rail.map')}
        </button>
      </Tooltip>
      <span className={styles.space} />
      <Tooltip label={t('settings')} position="right">
        <button type="button" className={styles.settings} aria-label={t('settings')} onClick={() => show('settings')}>
          <IconSettings size={18} stroke={1.6} />
        </button>
      </Tooltip>
    </nav>
  );
}
