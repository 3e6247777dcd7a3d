import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { FilterField } from '../../ui/FilterField.tsx';
import { formatPrice } from '../../ui/format.ts';
import styles from './history.module.css';
import type { HistorySearch } from './useHistory.ts';

const states = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;
const spans = [0, 1, 7, 30];
const prices = [0, 0.01, 0.1, 1, 10];

interface Props {
  search: HistorySearch;
  onChange(part: Partial<HistorySearch>): void;
}

/** Whose runs, and which of them: text or table, state, date, price. */
export function HistoryFilters({ search, onChange }: Props) {
  const { t } = useTranslation('history');
  const client = useClient();
  const { connectionId } = search;
  const { data: workgroups = [] } = useQuery({ queryKey: ['workgroups', connectionId], queryFn: () => client.runs.workgroups({ connectionId }) });
  return (
    <div className={styles.filters}>
      <div className={styles.filter}>
        <FilterField label={t('filter')} value={search.typed} onChange={(typed) => onChange({ typed })} />
      </div>
      <select aria-label={t('source')} value={search.workgroup} onChange={(event) => onChange({ workgroup: event.currentTarget.value })}>
        <option value="">{t('fromHere')}</option>
        {workgroups.map(({ name }) => (
          <option key={name} value={name}>
            {t('ofWorkgroup', { workgroup: name })}
          </option>
        ))}
      </select>
      <select aria-label={t('state')} value={search.state} onChange={(event) => onChange({ state: event.currentTarget.value as HistorySearch['state'] })}>
        <option value="">{t('anyState')}</option>
        {states.map((state) => (
          <option key={state} value={state}>
            {t(`state.${state}`, { ns: 'sql' })}
          </option>
        ))}
      </select>
      <select aria-label={t('when')} value={search.days} onChange={(event) => onChange({ days: Number(event.currentTarget.value) })}>
        {spans.map((days) => (
          <option key={days} value={days}>
            {days === 0 ? t('anyTime') : t('lastDays', { count: days })}
          </option>
        ))}
      </select>
      <select aria-label={t('price')} value={search.leastPrice} onChange={(event) => onChange({ leastPrice: Number(event.currentTarget.value) })}>
        {prices.map((price) => (
          <option key={price} value={price}>
            {price === 0 ? t('anyPrice') : t('leastPrice', { price: formatPrice(price) })}
          </option>
        ))}
      </select>
    </div>
  );
}
