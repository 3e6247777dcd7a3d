import { IconSnowflake, IconSnowflakeOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { rulesOf } from '../../../shared/prices/storageClasses.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { formatDate } from '../../ui/format.ts';
import { ToolButton } from '../../ui/Toolbar.tsx';
import { className } from './classNames.ts';
import { useTierDialogs } from './tierDialogs.ts';
import styles from './tiers.module.css';

/** While a restore runs its state is asked for again, ms. */
const LOOK_AGAIN = 30_000;

interface Props {
  bucket: string;
  objectKey: string;
  /** As the listing says; what is in no archive class is not asked about unless reading it failed for being archived. */
  storageClass: string;
  refused?: boolean;
}

/** Of an archived object: that it cannot be read, or until when; and Restore. Nothing for others. */
export function ArchiveNotice({ bucket, objectKey, storageClass, refused = false }: Props) {
  const { t } = useTranslation('tiers');
  const client = useClient();
  const { id: connectionId, readOnly, name } = useCurrentConnection();
  const { restore } = useTierDialogs();
  const { data } = useQuery({
    queryKey: ['archive', connectionId, bucket, objectKey],
    queryFn: ({ signal }) => client.s3Tiers.archive({ connectionId, bucket, key: objectKey }, { signal }),
    enabled: refused || (rulesOf(storageClass).archived ?? false),
    staleTime: 5_000,
    refetchInterval: (query) => (query.state.data?.state === 'restoring' ? LOOK_AGAIN : false),
  });
  if (!data || data.state === 'none') return null;
  const { state, until } = data;
  return (
    <div className={styles.archive} role="status" aria-label={t('archiveState')}>
      {state === 'restored' ? <IconSnowflakeOff size={16} aria-hidden /> : <IconSnowflake size={16} aria-hidden />}
      <span>{t(`archive.${state}`, { storageClass: className(t, data.storageClass), until: formatDate(until) })}</span>
      {state !== 'restoring' && (
        <ToolButton disabled={readOnly} title={readOnly ? t('readOnly', { name }) : undefined} onClick={() => restore({ connectionId, bucket, keys: [objectKey], prefixes: [] })}>
          {t(state === 'restored' ? 'restoreLonger' : 'restoreDots')}
        </ToolButton>
      )}
    </div>
  );
}
