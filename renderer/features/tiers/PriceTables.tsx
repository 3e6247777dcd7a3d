import { useTranslation } from 'react-i18next';
import type { ClassPrices, RegionPrices, RestoreTier } from '../../../shared/contract/s3Tiers.ts';
import { RESTORE_TIMES } from '../../../shared/prices/storageClasses.ts';
import { PriceField } from './PriceField.tsx';
import styles from './tiers.module.css';

const COLUMNS: (keyof ClassPrices)[] = ['storage', 'put', 'get', 'transition', 'retrieval'];

interface Props {
  prices: RegionPrices;
  onChange(prices: RegionPrices): void;
  nameOf(storageClass: string): string;
}

/** Every figure of a region in a field of its own; an empty one is unknown. */
export function PriceTables({ prices, onChange, nameOf }: Props) {
  const { t } = useTranslation('tiers');
  const setRestore = (name: string, tier: RestoreTier, part: 'perGb' | 'per1000', value: number | null) =>
    onChange({ ...prices, restore: { ...prices.restore, [name]: { ...prices.restore[name], [tier]: { perGb: null, per1000: null, ...prices.restore[name]?.[tier], [part]: value } } } });
  return (
    <div className={styles.priceTables}>
      <table className={styles.tiers}>
        <caption>{t('classPrices')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('classHead')}</th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" title={t(`price.${column}Text`)}>
                {t(`price.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Object.entries(prices.classes).map(([name, own]) => (
            <tr key={name}>
              <th scope="row">{nameOf(name)}</th>
              {COLUMNS.map((column) => (
                <td key={column}>
                  <PriceField label={`${nameOf(name)}, ${t(`price.${column}`)}`} value={own[column]} onChange={(value) => onChange({ ...prices, classes: { ...prices.classes, [name]: { ...own, [column]: value } } })} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <table className={styles.tiers}>
        <caption>{t('restorePrices')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('tier')}</th>
            <th scope="col">{t('price.perGb')}</th>
            <th scope="col">{t('price.per1000')}</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(RESTORE_TIMES).flatMap(([name, tiers]) =>
            (Object.keys(tiers) as RestoreTier[]).map((tier) => (
              <tr key={`${name} ${tier}`}>
                <th scope="row">
                  {nameOf(name)}, {t(`tiers.${tier}`)}
                </th>
                {(['perGb', 'per1000'] as const).map((part) => (
                  <td key={part}>
                    <PriceField label={`${nameOf(name)}, ${t(`tiers.${tier}`)}, ${t(`price.${part}`)}`} value={prices.restore[name]?.[tier]?.[part] ?? null} onChange={(value) => setRestore(name, tier, part, value)} />
                  </td>
                ))}
              </tr>
            )),
          )}
          <tr>
            <th scope="row">{t('price.monitoring')}</th>
            <td colSpan={2}>
              <PriceField label={t('price.monitoring')} value={prices.monitoring} onChange={(monitoring) => onChange({ ...prices, monitoring })} />
            </td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}
