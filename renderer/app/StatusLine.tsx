import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useTransfers } from '../features/transfers/useTransfers.ts';
import { ConnectionDot } from '../ui/ConnectionDot.tsx';
import { formatBytes, formatNumber, formatPrice, formatSpeed } from '../ui/format.ts';
import { useBackendState } from './backendState.ts';
import { useClient } from './clientContext.tsx';
import { useConnections } from './connectionContext.tsx';
import { toAppError } from './errors.ts';
import { shownShortcut } from './keys.ts';
import { useLocalLake } from './localLake.ts';
import { useOverlays } from './overlays.tsx';
import { usePanel } from './panel.ts';
import styles from './StatusLine.module.css';

const TODAY_MS = 15_000;

/** Who one is and where; what runs; what the day has read and cost. */
export function StatusLine() {
  const { t } = useTranslation('window');
  const client = useClient();
  const { current } = useConnections();
  const { show } = useOverlays();
  const { showPanel } = usePanel();
  const { running, speed } = useTransfers();
  const backend = useBackendState();
  const lake = useLocalLake();
  const identity = useQuery({ queryKey: ['identity', current.id], queryFn: () => client.connections.identity({ connectionId: current.id }), staleTime: 300_000 });
  const today = useQuery({ queryKey: ['today'], queryFn: () => client.runs.today(), refetchInterval: TODAY_MS });
  return (
    <footer className={styles.status}>
      <span className={styles.who}>
        <ConnectionDot colour={current.colour} />
        <span className="ellipsis">
          {current.kind === 'local' ? t('local') : current.name} · {identity.data?.arn ?? (identity.error ? toAppError(identity.error).message : t('askingWho'))}
        </span>
      </span>
      <span>{identity.data?.region ?? current.region}</span>
      {current.readOnly && (
        <button type="button" className={styles.readOnly} onClick={() => show('connections')}>
          {t('readOnly')}
        </button>
      )}
      {current.kind === 'local' && (lake?.state === 'filling' || lake?.state === 'failed') && (
        <span className={`${styles.notice} ellipsis`} title={lake.message}>
          {t(`lakeState.${lake.state}`)} {lake.message}
        </span>
      )}
      {backend !== 'open' && (
        <span role="alert" className={styles.notice}>
          {t(backend === 'signedOut' ? 'signedOut' : 'reconnecting')}
        </span>
      )}
      <span className={styles.space} />
      {today.data && (
        <button type="button" onClick={() => showPanel('history')}>
          {t('today', {
            count: today.data.runs,
            runs: formatNumber(today.data.runs),
            bytes: formatBytes(today.data.bytesScanned),
            price: formatPrice(today.data.billed),
          })}
          {today.data.billed !== today.data.priceOnAws && ` ${t('onAws', { price: formatPrice(today.data.priceOnAws) })}`}
        </button>
      )}
      {running > 0 && (
        <button type="button" onClick={() => showPanel('transfers')}>
          {t('transfersRunning', { count: running, speed: formatSpeed(speed) })}
        </button>
      )}
      <button type="button" onClick={() => show('palette')}>
        {t('forAnything', { keys: shownShortcut('mod+k') })}
      </button>
    </footer>
  );
}
