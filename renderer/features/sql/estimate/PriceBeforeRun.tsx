import { Popover } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Estimate } from '../../../../shared/contract/estimates.ts';
import { formatBytes, formatPrice } from '../../../ui/format.ts';
import { Chip } from '../../../ui/Toolbar.tsx';
import { usePrice } from '../usePrice.ts';
import { EstimateDetails } from './EstimateDetails.tsx';
import styles from './estimate.module.css';
import type { ShownEstimate } from './useEstimate.ts';
import { unfilteredTables } from './wordsOf.ts';

interface Props {
  shown: ShownEstimate | null;
  /** False while a changed text waits to be counted. */
  current: boolean;
  /** Bytes at which the workgroup ends a query. */
  cutoff: number | undefined;
}

/** Beside Run: what the statement at the cursor can scan at most, and its price; opens to each table. */
export function PriceBeforeRun({ shown, current, cutoff }: Props) {
  const { t } = useTranslation('estimate');
  const price = usePrice();
  if (!shown || shown.estimate.bound === 'unreadable') return <div className={styles.before} />;
  const { estimate } = shown;
  const { bound, bytes, state, unknown } = estimate;
  const free = bound === 'free';
  const over = cutoff !== undefined && bytes > cutoff;
  return (
    <div className={styles.before} data-current={current} data-bound={bound} data-state={state} data-crowded={unknown !== undefined || over || unfilteredTables(estimate).length > 0}>
      <Popover position="bottom-start" shadow="md" trapFocus returnFocus>
        <Popover.Target>
          <button type="button" className={styles.price} title={t('title')}>
            {free ? <span>{t('free')}</span> : <Words estimate={estimate} />}
            {!free && bound !== 'unknown' && <span>{price(estimate) || t('noPrice', { region: estimate.region })}</span>}
          </button>
        </Popover.Target>
        <Popover.Dropdown className={styles.details} aria-label={t('title')}>
          <EstimateDetails estimate={estimate} cutoff={cutoff} />
        </Popover.Dropdown>
      </Popover>
      {unfilteredTables(estimate).length > 0 && (
        <Chip tone="warning" title={t('noFilterTitle', { tables: unfilteredTables(estimate).map(({ database, table }) => `${database}.${table}`).join(', ') })}>
          {t('noFilter')}
        </Chip>
      )}
      {unknown && <Chip tone="warning">{t(`short.${unknown}`)}</Chip>}
      {over && (
        <Chip tone="error" title={t('overLimitTitle', { bytes: formatBytes(cutoff) })}>
          {t('overLimit')}
        </Chip>
      )}
    </div>
  );
}

function Words({ estimate: { bound, bytes, state } }: { estimate: Estimate }) {
  const { t } = useTranslation('estimate');
  if (bound === 'unknown') return <span>{state === 'counting' ? t('counting') : t('bytesUnknown')}</span>;
  return (
    <>
      <span className={styles.words} data-sign={bound === 'atMost' ? '≤' : '>'}>
        {t(bound === 'atMost' ? 'scansAtMost' : state === 'counting' ? 'countingMore' : 'mayScanMore')}
      </span>
      <b>{formatBytes(bytes)}</b>
    </>
  );
}

/** `$1.25`, for the question before a large run. */
export const dollarsOf = ({ priceOnAws }: Estimate): string => (priceOnAws === null ? '' : formatPrice(priceOnAws));
