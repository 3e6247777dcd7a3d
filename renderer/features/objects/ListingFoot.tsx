import { useTranslation } from 'react-i18next';
import { FilterField } from '../../ui/FilterField.tsx';
import { formatBytes, formatNumber } from '../../ui/format.ts';
import type { Listing } from './listing.ts';
import styles from './ObjectsScreen.module.css';

interface Props {
  listing: Listing;
  /** Rows that pass the filter. */
  shown: number;
  items: { keys: string[]; prefixes: string[]; bytes: number };
  filter: string;
  onFilter(filter: string): void;
}

export const FILTER_ATTRIBUTE = 'data-objects-filter';

/** Below the list: how much is listed and whether that is all, what is selected, the filter. */
export function ListingFoot({ listing, shown, items, filter, onFilter }: Props) {
  const { t } = useTranslation('objects');
  const { state, keys, bytes } = listing;
  const selected = items.keys.length + items.prefixes.length;
  return (
    <div className={styles.foot}>
      <span aria-live={state === 'listing' ? 'off' : 'polite'} className="ellipsis">
        {state === 'failed' && keys.length === 0 ? '' : filter ? t('shownOf', { shown: formatNumber(shown), all: formatNumber(keys.length) }) : t(`count.${state}`, { count: keys.length, items: formatNumber(keys.length), bytes: formatBytes(bytes) })}
      </span>
      {state === 'listing' && keys.length > 0 && (
        <button type="button" className={styles.link} onClick={() => listing.stop()}>
          {t('stopListing')}
        </button>
      )}
      {state === 'stopped' && (
        <button type="button" className={styles.link} onClick={() => listing.run()}>
          {t('continueListing')}
        </button>
      )}
      {selected > 1 && <span>{t('selected', { count: selected, items: formatNumber(selected), bytes: formatBytes(items.bytes) })}</span>}
      <div className={styles.footFilter} {...{ [FILTER_ATTRIBUTE]: '' }}>
        <FilterField label={t('filterList')} value={filter} onChange={onFilter} />
      </div>
    </div>
  );
}
