import { useTranslation } from 'react-i18next';
import { Facts } from '../../ui/Facts.tsx';
import { formatNumber } from '../../ui/format.ts';
import styles from './PreviewPane.module.css';
import type { ViewProps } from './previewTypes.ts';

/** A picture. An SVG is one too: as an image it runs no script and loads nothing. */
export function ImageView({ preview, name }: ViewProps<'image'>) {
  const { t } = useTranslation('preview');
  const { mediaType, data, width, height } = preview;
  return (
    <>
      <div className={styles.facts}>
        <Facts facts={[[t('format'), mediaType], [t('pixels'), width && height ? `${formatNumber(width)} × ${formatNumber(height)}` : undefined]]} />
      </div>
      <div className={styles.image}>
        <img src={`data:${mediaType};base64,${data}`} alt={name} />
      </div>
    </>
  );
}
