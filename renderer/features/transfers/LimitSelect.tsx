import { Select } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { formatSpeed } from '../../ui/format.ts';

const MIB = 1024 * 1024;
const RATES = [0.5, 1, 2, 5, 10, 20, 50, 100].map((mib) => mib * MIB);
const NONE = 'none';

/** How fast all transfers together may go, one direction; it applies to what runs. */
export function LimitSelect({ direction }: { direction: 'up' | 'down' }) {
  const { t } = useTranslation('transfers');
  const client = useClient();
  const cache = useQueryClient();
  const messages = useMessages();
  const { data } = useQuery({ queryKey: ['transferLimits'], queryFn: () => client.transfers.limits() });
  const now = data?.[direction] ?? null;
  const rates = now === null || RATES.includes(now) ? RATES : [...RATES, now].sort((a, b) => a - b);
  const change = (value: string | null) =>
    client.transfers.changeLimits({ [direction]: value === null || value === NONE ? null : Number(value) }).then((limits) => cache.setQueryData(['transferLimits'], limits), messages.error);
  return (
    <Select
      size="xs"
      w={108}
      flex="none"
      aria-label={t(direction === 'up' ? 'limitUp' : 'limitDown')}
      title={t(direction === 'up' ? 'limitUp' : 'limitDown')}
      data={[{ value: NONE, label: t(direction === 'up' ? 'upFull' : 'downFull') }, ...rates.map((rate) => ({ value: String(rate), label: `${direction === 'up' ? '↑' : '↓'} ${formatSpeed(rate)}` }))]}
      value={now === null ? NONE : String(now)}
      allowDeselect={false}
      onChange={(value) => void change(value)}
    />
  );
}
