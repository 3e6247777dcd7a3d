import { useTranslation } from 'react-i18next';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { s3Uri } from '../../app/openTabs.ts';
import { ConnectionDot } from '../../ui/ConnectionDot.tsx';
import { formatNumber } from '../../ui/format.ts';
import { visibleName } from '../objects/listingView.ts';
import type { TierSelection } from './tierDialogs.ts';
import styles from './tiers.module.css';

/** The connection by colour and name, and what was chosen. */
export function Where({ bucket, keys, prefixes }: Pick<TierSelection, 'bucket' | 'keys' | 'prefixes'>) {
  const { t } = useTranslation('tiers');
  const connection = useCurrentConnection();
  const all = [...prefixes, ...keys];
  return (
    <p className={styles.where}>
      <ConnectionDot colour={connection.colour} />
      <strong>{connection.name}</strong>
      <span className={styles.quiet}>{connection.region}</span>
      <span className="mono ellipsis" title={all.slice(0, 20).join('\n')}>
        {visibleName(s3Uri(bucket, all[0] ?? ''))}
      </span>
      {all.length > 1 && <span className={styles.quiet}>{t('andMore', { count: all.length - 1, more: formatNumber(all.length - 1) })}</span>}
    </p>
  );
}
