import { Button, Group, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { s3Uri } from '../../app/openTabs.ts';
import { formatBytes, formatNumber } from '../../ui/format.ts';
import type { Walk } from './reviews.ts';
import styles from './ReviewTransfer.module.css';

/** How many files were found so far in what was dropped; Esc ends it. */
export default function WalkProgress({ walk: { place, files, bytes, stop } }: { walk: Walk }) {
  const { t } = useTranslation('review');
  return (
    <Modal opened onClose={stop} size="lg" title={t('walkTitle', { target: s3Uri(place.bucket, place.prefix) })} closeButtonProps={{ 'aria-label': t('close', { ns: 'window' }) }}>
      <p className={styles.count} role="status">
        {t('soFar', { count: files, files: formatNumber(files), bytes: formatBytes(bytes) })}
      </p>
      <Group justify="flex-end" mt={12}>
        <Button variant="default" onClick={stop} data-autofocus>
          {t('cancel', { ns: 'window' })}
        </Button>
      </Group>
    </Modal>
  );
}
