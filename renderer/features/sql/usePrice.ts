import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Run } from '../../../shared/contract/runs.ts';
import { formatPrice } from '../../ui/format.ts';

/** What a run cost, in words: `$0.0013` where it is billed, `$0 here, $0.0013 on AWS` where not; '' where unknown. */
export function usePrice(): (run: Pick<Run, 'priceOnAws' | 'billed'>) => string {
  const { t } = useTranslation('sql');
  return useCallback(
    ({ priceOnAws, billed }) => {
      if (priceOnAws === null || priceOnAws === undefined) return '';
      if (!billed && priceOnAws === 0) return formatPrice(0);
      return billed ? formatPrice(priceOnAws) : t('priceHere', { price: formatPrice(priceOnAws) });
    },
    [t],
  );
}
