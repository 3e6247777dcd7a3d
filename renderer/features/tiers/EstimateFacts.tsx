import { useTranslation } from 'react-i18next';
import type { Estimate } from '../../../shared/prices/cost.ts';
import { formatBytes, formatNumber } from '../../ui/format.ts';
import { money } from './money.ts';
import styles from './tiers.module.css';

/** What a change of class takes now and gives a month, line by line. */
export function EstimateFacts({ of }: { of: Estimate }) {
  const { t } = useTranslation('tiers');
  const rows: [string, string, string?][] = [
    [t('moves'), t('objectsAndBytes', { count: of.objects, objects: formatNumber(of.objects), bytes: formatBytes(of.bytes) })],
    [t('requestsCost'), money(t, of.requests)],
    [t('retrievalCost'), money(t, of.retrieval)],
    [t('earlyCost'), money(t, of.early), t('earlyText')],
    [t('onceCost'), money(t, of.once), 'strong'],
    [t('monthBefore'), money(t, of.before)],
    [t('monthAfter'), money(t, of.after)],
    [t('monthSaving'), money(t, of.saving), 'strong'],
    [t('paysBack'), of.objects === 0 || of.saving === null || of.once === null ? '–' : of.paysBack === null ? t('never') : t('inDays', { count: of.paysBack, days: formatNumber(of.paysBack) })],
  ];
  return (
    <dl className={styles.estimate}>
      {rows.map(([label, value, more]) => (
        <div key={label} data-strong={more === 'strong' || undefined} title={more === 'strong' ? undefined : more}>
          <dt>{label}</dt>
          <dd className="numeric">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
