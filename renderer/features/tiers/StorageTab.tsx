import { IconCurrencyDollar, IconFolderOpen, IconRefresh } from '@tabler/icons-react';
import { Checkbox } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { monthly } from '../../../shared/prices/cost.ts';
import { useCommands } from '../../app/commands.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { s3Uri, useOpenTabs } from '../../app/openTabs.ts';
import type { Tab } from '../../app/workspace.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatBytes, formatNumber } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { ToolButton, Toolbar, ToolbarSpace } from '../../ui/Toolbar.tsx';
import { BucketButton } from '../bucket/BucketButton.tsx';
import { visibleName } from '../objects/listingView.ts';
import { money } from './money.ts';
import { NO_PRICES } from './noPrices.ts';
import { SavingPanel } from './SavingPanel.tsx';
import { ScanProgress } from './ScanProgress.tsx';
import { StorageTables } from './StorageTables.tsx';
import { useTierDialogs } from './tierDialogs.ts';
import styles from './tiers.module.css';
import { useBucketPrices } from './usePrices.ts';
import { useScan } from './useScan.ts';

const NO_KEYS: string[] = [];
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Where the bytes of a prefix lie, by class, age, size, part and kind, what they cost, and what a tiering would save. */
export default function StorageTab({ tab }: { tab: Tab }) {
  const { t } = useTranslation('tiers');
  const { id: connectionId } = useCurrentConnection();
  const { openObjects } = useOpenTabs();
  const { showPrices } = useTierDialogs();
  const bucket = text(tab.params.bucket);
  const prefix = text(tab.params.prefix);
  const [noncurrent, setNoncurrent] = useState(false);
  const scan = useScan(bucket ? { connectionId, bucket, keys: NO_KEYS, prefixes: [prefix], noncurrent } : null);
  const priced = useBucketPrices(connectionId, bucket);
  const { sums } = scan;
  const month = useMemo(() => (sums ? monthly(sums.cells, priced.prices ?? NO_PRICES).value : null), [sums, priced.prices]);
  const uri = s3Uri(bucket, prefix);
  useCommands([
    { id: 'storage.again', title: t('again'), keys: ['f5', 'mod+r'], group: t('storage'), run: scan.again },
    { id: 'storage.prices', title: t('prices'), group: t('storage'), run: () => showPrices(priced.region) },
    { id: 'storage.open', title: t('openObjects'), group: t('storage'), run: () => openObjects({ bucket, prefix }) },
  ]);
  return (
    <div className={styles.tab}>
      <Toolbar label={t('toolbar')}>
        <span className="mono ellipsis" title={uri}>
          {visibleName(uri)}
        </span>
        <IconButton label={t('openObjects')} onClick={() => openObjects({ bucket, prefix })}>
          <IconFolderOpen size={16} stroke={1.6} />
        </IconButton>
        <BucketButton bucket={bucket} />
        <ToolbarSpace />
        <Checkbox size="xs" label={t('noncurrent')} checked={noncurrent} onChange={(event) => setNoncurrent(event.currentTarget.checked)} />
        <ToolButton icon={<IconCurrencyDollar size={15} aria-hidden />} onClick={() => showPrices(priced.region)}>
          {t('prices')}
        </ToolButton>
        <IconButton label={t('again')} keys="f5" onClick={scan.again}>
          <IconRefresh size={16} stroke={1.6} />
        </IconButton>
      </Toolbar>
      <div className={styles.scroll}>
        <div className={styles.summary}>
          {sums && (
            <>
              <strong className="numeric">{formatBytes(sums.bytes)}</strong>
              <span className="numeric">{t('objectsCount', { count: sums.objects, objects: formatNumber(sums.objects) })}</span>
              <span className="numeric">{t('aMonth', { dollars: money(t, month) })}</span>
              {sums.noncurrent && <span className="numeric">{t('noncurrentSum', { count: sums.noncurrent.objects, objects: formatNumber(sums.noncurrent.objects), bytes: formatBytes(sums.noncurrent.bytes) })}</span>}
            </>
          )}
          <ScanProgress scan={scan} />
        </div>
        {sums && sums.objects === 0 && sums.state === 'complete' && <EmptyState title={t('empty')} text={t('emptyText')} />}
        {sums && sums.objects > 0 && (
          <div className={styles.columns}>
            <StorageTables sums={sums} prices={priced.prices} bucket={bucket} prefix={prefix} />
            <SavingPanel bucket={bucket} prefix={prefix} cells={sums.cells} priced={priced} />
          </div>
        )}
      </div>
    </div>
  );
}
