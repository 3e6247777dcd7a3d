import { useTranslation } from 'react-i18next';
import type { Group, RegionPrices, ScanState } from '../../../shared/contract/s3Tiers.ts';
import { formatBytes } from '../../ui/format.ts';
import { visibleName } from '../objects/listingView.ts';
import { Breakdown, type BreakdownRow } from './Breakdown.tsx';
import { ageName, sizeName } from './bucketNames.ts';
import { byBuckets } from './byBuckets.ts';
import { classColour, className, classOrder } from './classNames.ts';
import styles from './tiers.module.css';
import { useOpenStorage } from './useOpenStorage.ts';

interface Props {
  sums: ScanState;
  prices: RegionPrices | undefined;
  bucket: string;
  prefix: string;
}

/** One bar of the whole by class, then a table for each way to divide it. */
export function StorageTables({ sums, prices, bucket, prefix }: Props) {
  const { t } = useTranslation('tiers');
  const openStorage = useOpenStorage();
  const { cells, bytes } = sums;
  const classes = byBuckets(cells, (cell) => cell.storageClass, (name) => className(t, name), prices).sort((a, b) => classOrder(a.id, b.id));
  const ages = byBuckets(cells, (cell) => cell.age, (at) => ageName(t, at), prices).sort((a, b) => Number(a.id) - Number(b.id));
  const sizes = byBuckets(cells, (cell) => cell.size, (at) => sizeName(t, at), prices).sort((a, b) => Number(a.id) - Number(b.id));
  const grouped = (groups: Group[], nameOf: (group: Group) => string, open?: (group: Group) => (() => void) | undefined): BreakdownRow[] =>
    groups.map((group, at) => ({ ...group, id: `${at} ${group.name}`, name: nameOf(group), open: open?.(group) }));
  return (
    <div className={styles.tables}>
      <figure className={styles.whole} aria-label={t('wholeLabel')}>
        <div className={styles.wholeBar} aria-hidden>
          {classes.map((row) => (
            <span key={row.id} style={{ width: `${bytes > 0 ? (row.bytes / bytes) * 100 : 0}%`, background: classColour(row.id) }} title={`${row.name}: ${formatBytes(row.bytes)}`} />
          ))}
        </div>
        <figcaption className={styles.legend}>
          {classes.map((row) => (
            <span key={row.id}>
              <i style={{ background: classColour(row.id) }} aria-hidden />
              {row.name} {formatBytes(row.bytes)}
            </span>
          ))}
        </figcaption>
      </figure>
      <Breakdown title={t('byClass')} of={t('classHead')} rows={classes} total={bytes} />
      <Breakdown title={t('byAge')} of={t('ageHead')} rows={ages} total={bytes} />
      <Breakdown title={t('bySize')} of={t('sizeHead')} rows={sizes} total={bytes} />
      <Breakdown
        title={t('byPart')}
        of={t('partHead')}
        total={bytes}
        rows={grouped(sums.prefixes, ({ name }) => (name === '' ? t('rest') : visibleName(name)), ({ name }) => (name.endsWith('/') ? () => openStorage({ bucket, prefix: prefix + name }) : undefined))}
      />
      <Breakdown title={t('byExtension')} of={t('extensionHead')} total={bytes} rows={grouped(sums.extensions, ({ name }) => name || t('noExtension'))} />
    </div>
  );
}
