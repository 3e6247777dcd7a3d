import { IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatBytes, formatNumber } from '../../ui/format.ts';
import { ToolButton } from '../../ui/Toolbar.tsx';
import styles from './tiers.module.css';
import type { ScanView } from './useScan.ts';

/** How far the listing is, how to end it, and why it failed. */
export function ScanProgress({ scan }: { scan: ScanView }) {
  const { t } = useTranslation('tiers');
  const { sums, running, stopped, error, stop, again } = scan;
  const counts = { listed: formatNumber(sums?.listed ?? 0), objects: formatNumber(sums?.objects ?? 0), bytes: formatBytes(sums?.bytes ?? 0) };
  return (
    <>
      <p className={styles.progress} role="status" aria-label={t('scan')} data-running={running || undefined}>
        {t(running ? 'scanning' : stopped ? 'scanStopped' : error ? 'scanFailed' : 'scanned', counts)}
        {running && (
          <ToolButton icon={<IconPlayerStop size={14} aria-hidden />} onClick={stop}>
            {t('stop')}
          </ToolButton>
        )}
        {(stopped || error) && (
          <ToolButton icon={<IconRefresh size={14} aria-hidden />} onClick={again}>
            {t('again')}
          </ToolButton>
        )}
      </p>
      {error && <ErrorNotice error={error} />}
    </>
  );
}
