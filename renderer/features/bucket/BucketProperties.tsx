import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { BucketSection } from '../../../shared/contract/s3Bucket.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { formatDate } from '../../ui/format.ts';
import styles from './bucket.module.css';
import { RequesterPaysSwitch } from './RequesterPaysSwitch.tsx';
import { SectionPanel } from './SectionPanel.tsx';

const sections: BucketSection[] = [
  'versioning',
  'encryption',
  'publicAccess',
  'policyStatus',
  'policy',
  'ownership',
  'acl',
  'tags',
  'cors',
  'logging',
  'requestPayment',
  'replication',
  'notifications',
  'objectLock',
  'accelerate',
  'website',
];

/** Everything S3 says of a bucket; each part is read on its own, so that a denied one leaves the others. */
export function BucketProperties({ bucket }: { bucket: string }) {
  const { t } = useTranslation('bucket');
  const client = useClient();
  const { id: connectionId } = useCurrentConnection();
  const { data, error, refetch } = useQuery({
    queryKey: ['bucket', connectionId, bucket, 'summary'],
    queryFn: ({ signal }) => client.s3Bucket.summary({ connectionId, bucket }, { signal }),
    retry: false,
  });
  return (
    <>
      <section className={styles.section} aria-label={t('summary')}>
        <div className={styles.head}>
          <h3>{t('summary')}</h3>
        </div>
        {error && <ErrorNotice error={toAppError(error)} onRetry={() => void refetch()} compact />}
        <Facts
          facts={[
            ['ARN', `arn:aws:s3:::${bucket}`],
            [t('region'), data?.region],
            [t('created'), formatDate(data?.createdAt, true)],
          ]}
        />
        <RequesterPaysSwitch bucket={bucket} />
      </section>
      {sections.map((section) => (
        <SectionPanel key={section} bucket={bucket} section={section} />
      ))}
    </>
  );
}
