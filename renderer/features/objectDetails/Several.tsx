import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { formatBytes, formatNumber } from '../../ui/format.ts';
import { className } from '../tiers/classNames.ts';
import { MOST_READ, type LookedAt } from './useLooked.ts';

/** What several objects are together. */
export function Several({ count, looked }: { count: number; looked: LookedAt | null }) {
  const { t } = useTranslation('objectDetails');
  const { t: tiers } = useTranslation('tiers');
  if (looked === null) return <p>{t('tooMany', { most: formatNumber(MOST_READ) })}</p>;
  const { facts, failed } = looked;
  const classes = [...new Set(facts.map(({ archive }) => archive.storageClass))].map((name) => className(tiers, name));
  return (
    <div>
      <Facts
        facts={[
          [t('objects'), formatNumber(count)],
          [t('size'), formatBytes(facts.reduce((sum, { size }) => sum + size, 0))],
          [t('storageClass'), classes.join(', ')],
        ]}
      />
      {failed.length > 0 && <p>{t('unreadObjects', { count: failed.length, formatted: formatNumber(failed.length) })}</p>}
      {failed[0] && <ErrorNotice error={failed[0].error} />}
    </div>
  );
}
