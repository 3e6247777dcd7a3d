import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { formatPrice } from '../../ui/format.ts';
import type { Dashboard } from '../../../shared/contract/dashboards.ts';

/** What the last refresh of all tiles cost, in words: what the next will, about. */
export function useRefreshPrice(dashboard: Dashboard): string {
  const client = useClient();
  const { t } = useTranslation('dashboards');
  const ids = [...new Set(dashboard.tiles.flatMap((tile) => (tile.kind === 'chart' && tile.runId ? [tile.runId] : [])))];
  const runs = useQueries({ queries: ids.map((id) => ({ queryKey: ['run', id], queryFn: () => client.runs.get({ id }), staleTime: Infinity })) });
  const known = runs.flatMap(({ data }) => (data && typeof data.priceOnAws === 'number' ? [data] : []));
  if (known.length === 0) return '';
  const sum = (billed: boolean) => known.reduce((total, run) => total + (run.billed === billed ? run.priceOnAws! : 0), 0);
  if (known.every(({ billed }) => !billed)) return t('price.here', { price: formatPrice(sum(false)) });
  return t('price.last', { price: formatPrice(sum(true)) });
}
