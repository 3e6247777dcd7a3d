import { useTranslation } from 'react-i18next';
import { FilterField } from '../../ui/FilterField.tsx';
import { formatBytes, formatNumber } from '../../ui/format.ts';
import type { Listing } from './listing.ts';
import { wantedText } from './listingView.ts';
import styles from './ObjectsScreen.module.css';
import type { SelectedItems } from './selectedItems.ts';
import type { TypedAhead } from './useTypeAhead.ts';

interface Props {
  listing: Listing;
  /** Rows that pass the filter. */
  shown: number;
  /** The order on screen is about to change. */
  busy: boolean;
  items: SelectedItems;
  /** What was asked for and is not in the list. */
  beyond: TypedAhead | 'end' | null;
  /** While folders are counted. */
  onStopSizes: (() => void) | undefined;
  filter: string;
  onFilter(filter: string): void;
}

export const FILTER_ATTRIBUTE = 'data-objects-filter';

/** Of a search it counts what was looked at as well. */
const FOUND = { listing: 'foundListing', complete: 'found', stopped: 'foundStopped', failed: 'foundFailed' } as const;

/** Below the list: how much is listed and whether that is all, what is selected, the filter. */
export function ListingFoot({ listing, shown, busy, items, beyond, onStopSizes, filter, onFilter }: Props) {
  const { t } = useTranslation('objects');
  const { state, length, bytes } = listing;
  const isPart = state !== 'complete';
  const selected = items.keys.length + items.prefixes.length;
  const count = { count: length, items: formatNumber(length), bytes: formatBytes(bytes) };
  const said = () => {
    if (state === 'failed' && length === 0) return '';
    if (busy) return t('ordering', count);
    if (wantedText(filter) !== '') return t(isPart ? 'shownOfListed' : 'shownOf', { shown: formatNumber(shown), all: formatNumber(length) });
    return listing.ordered ? t(`count.${state}`, count) : t(FOUND[state], { ...count, ns: 'search', scanned: formatNumber(listing.scanned) });
  };
  const missed = () => {
    if (beyond === 'end') return isPart ? t('endOfListed') : '';
    return beyond && t(isPart ? 'nothingStartsYet' : 'nothingStarts', { text: beyond.text });
  };
  return (
    <div className={styles.foot}>
      <span aria-live={state === 'listing' ? 'off' : 'polite'} className="ellipsis">
        {said()}
      </span>
      {onStopSizes && (
        <button type="button" className={styles.link} onClick={onStopSizes}>
          {t('stopSizes')}
        </button>
      )}
      {state === 'listing' && length > 0 && (
        <button type="button" className={styles.link} onClick={() => listing.stop()}>
          {t('stopListing')}
        </button>
      )}
      {state === 'stopped' && (
        <>
          <button type="button" className={styles.link} onClick={() => listing.run()}>
            {t('continueListing')}
          </button>
          <button type="button" className={styles.link} title={t('listAllText')} onClick={() => listing.run(true)}>
            {t('listAll')}
          </button>
        </>
      )}
      <span aria-live="polite" className="ellipsis">
        {missed()}
      </span>
      {selected > 1 && <span>{t('selected', { count: selected, items: formatNumber(selected), bytes: formatBytes(items.bytes) })}</span>}
      <div className={styles.footFilter} {...{ [FILTER_ATTRIBUTE]: '' }}>
        <FilterField label={t('filterList')} value={filter} onChange={onFilter} />
      </div>
    </div>
  );
}
