import { useTranslation } from 'react-i18next';
import type { BucketPrices } from './usePrices.ts';
import { useTierDialogs } from './tierDialogs.ts';
import styles from './tiers.module.css';

/** Which prices these are, how old, and what they cannot know. */
export function PriceNote({ of, unknown = [] }: { of: BucketPrices; unknown?: readonly string[] }) {
  const { t } = useTranslation('tiers');
  const { showPrices } = useTierDialogs();
  const { facts, region, prices, edited } = of;
  if (!facts || region === undefined) return null;
  return (
    <p className={styles.note}>
      {prices ? t(edited ? 'pricesOwn' : 'pricesOf', { region, asOf: prices.asOf }) : t('pricesNone', { region })} {!facts.billed && t('notAws')}{' '}
      {prices && unknown.length > 0 && <span className={styles.warn}>{t('pricesUnknown', { names: unknown.slice(0, 4).join(', ') + (unknown.length > 4 ? ' …' : '') })} </span>}
      <button type="button" className={styles.link} onClick={() => showPrices(region)}>
        {t('editPrices')}
      </button>
    </p>
  );
}
