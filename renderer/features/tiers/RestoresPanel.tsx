import { IconRefresh, IconSnowflakeOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { RestoreRecord } from '../../../shared/contract/s3Tiers.ts';
import { RESTORE_TIMES } from '../../../shared/prices/storageClasses.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { useMessages } from '../../app/messages.tsx';
import { s3Uri, useOpenTabs } from '../../app/openTabs.ts';
import { PanelActions } from '../../app/panelActions.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatDate } from '../../ui/format.ts';
import { ToolButton } from '../../ui/Toolbar.tsx';
import { VirtualTable } from '../catalog/VirtualTable.tsx';
import { visibleName } from '../objects/listingView.ts';
import styles from './tiers.module.css';

const LOOK_AGAIN = 30_000;
const HOUR = 3_600_000;

/** When it should be there by AWS's own word for class and tier; undefined where that is not known. */
const dueAt = ({ storageClass, tier, requestedAt }: RestoreRecord): string | undefined => {
  const time = RESTORE_TIMES[storageClass]?.[tier];
  return time && new Date(Date.parse(requestedAt) + time.to * HOUR).toISOString();
};

/** The region "Restores": what was asked for from here on this connection, and how it stands. */
export default function RestoresPanel() {
  const { t } = useTranslation('tiers');
  const client = useClient();
  const messages = useMessages();
  const { openObjects } = useOpenTabs();
  const { id: connectionId } = useCurrentConnection();
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['restores', connectionId],
    queryFn: ({ signal }) => client.s3Tiers.restores({ connectionId }, { signal }),
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.some(({ state }) => state === 'restoring') ? LOOK_AGAIN : false),
  });
  const rows = data ?? [];
  const running = rows.filter(({ state }) => state === 'restoring').length;
  const clear = () => client.s3Tiers.clearRestores({ connectionId }).then(() => refetch(), messages.error);
  const stateOf = (row: RestoreRecord): string => {
    if (row.error) return row.error.message;
    if (row.state === 'restoring') return t('restoringDue', { due: formatDate(dueAt(row)) || t('unknown') });
    return row.state === 'restored' ? t('restoredUntil', { until: formatDate(row.until) }) : t(row.state === 'none' ? 'restoreGone' : 'restoreOver');
  };
  return (
    <section aria-label={t('restores')} className={styles.restores}>
      <PanelActions>
        {rows.length > 0 && <span className={`${styles.quiet} ellipsis`}>{t('restoresRunning', { count: running, running })}</span>}
        <span style={{ flex: 1 }} />
        {rows.length > running && <ToolButton onClick={() => void clear()}>{t('clearRestores')}</ToolButton>}
        <ToolButton icon={<IconRefresh size={14} aria-hidden />} disabled={isFetching} onClick={() => void refetch()}>
          {t('lookAgain')}
        </ToolButton>
      </PanelActions>
      {error && <ErrorNotice error={toAppError(error)} onRetry={() => void refetch()} />}
      {data && rows.length === 0 && <EmptyState icon={<IconSnowflakeOff size={28} stroke={1.3} />} title={t('noRestores')} text={t('noRestoresText')} />}
      {rows.length > 0 && (
        <VirtualTable
          label={t('restores')}
          tracks="minmax(220px, 3fr) minmax(270px, 2fr) 90px 60px 130px"
          head={[t('objectHead'), t('stateHead'), t('tier'), t('daysHead'), t('askedHead')]}
          rows={rows.length}
          row={(at) => {
            const one = rows[at];
            if (!one) return [];
            const uri = s3Uri(one.bucket, one.key);
            return [
              <button key="object" type="button" className={`mono ${styles.link}`} title={uri} onClick={() => openObjects({ bucket: one.bucket, prefix: one.key.slice(0, one.key.lastIndexOf('/') + 1), select: one.key })}>
                {visibleName(uri)}
              </button>,
              stateOf(one),
              t(`tiers.${one.tier}`),
              String(one.days),
              formatDate(one.requestedAt),
            ];
          }}
        />
      )}
    </section>
  );
}
