import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import styles from './bucket.module.css';

/** Agreeing to pay for the requests to this bucket; remembered with the connection. `changed` runs once it is kept. */
export function RequesterPaysSwitch({ bucket, changed }: { bucket: string; changed?(): void }) {
  const { t } = useTranslation('bucket');
  const client = useClient();
  const messages = useMessages();
  const { id: connectionId, name } = useCurrentConnection();
  const { data = [], refetch } = useQuery({ queryKey: ['requesterPays', connectionId], queryFn: () => client.s3Bucket.requesterPays({ connectionId }) });
  const set = async (on: boolean) => {
    try {
      await client.s3Bucket.setRequesterPays({ connectionId, bucket, on });
      await refetch();
      changed?.();
    } catch (error) {
      messages.error(error);
    }
  };
  return (
    <label className={styles.check}>
      <input type="checkbox" checked={data.includes(bucket)} onChange={(event) => void set(event.target.checked)} />
      <span>
        {t('iPay')}
        <small>{t('iPayText', { name })}</small>
      </span>
    </label>
  );
}
