import { IconApi, IconCloudUpload, IconVideo, IconWaveSine } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { SideSection } from '../../ui/SideSection.tsx';
import styles from './ComingParts.module.css';

const parts = [
  { name: 'streams', icon: IconWaveSine },
  { name: 'firehose', icon: IconCloudUpload },
  { name: 'video', icon: IconVideo },
  { name: 'api', icon: IconApi },
] as const;

/** The services that move data into the lake: greyed, saying that they are not there yet. */
export default function ComingParts() {
  const { t } = useTranslation('move');
  return (
    <SideSection title={t('title')}>
      <p className={styles.text}>{t('text')}</p>
      <ul className={styles.list}>
        {parts.map(({ name, icon: PartIcon }) => (
          <li key={name}>
            <PartIcon size={15} stroke={1.6} aria-hidden />
            <span className="ellipsis">{t(name)}</span>
            <span className={styles.state}>{t('notYet')}</span>
          </li>
        ))}
      </ul>
    </SideSection>
  );
}
