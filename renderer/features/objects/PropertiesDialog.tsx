import { Modal } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { s3Uri } from '../../app/openTabs.ts';
import { copyText } from '../../ui/clipboard.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { formatBytes, formatDate, formatNumber } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { visibleName } from './listingView.ts';

/** All S3 says of one object: headers, checksums, metadata and tags. */
export function PropertiesDialog({ bucket, objectKey, onClose }: { bucket: string; objectKey: string; onClose(): void }) {
  const { t } = useTranslation('objects');
  const client = useClient();
  const { id: connectionId } = useCurrentConnection();
  const { data, error, refetch } = useQuery({
    queryKey: ['head', connectionId, bucket, objectKey],
    queryFn: ({ signal }) => client.s3.head({ connectionId, bucket, key: objectKey }, { signal }),
    staleTime: 0,
  });
  const uri = s3Uri(bucket, objectKey);
  const pairs = (values: Record<string, string>): [string, string][] => Object.entries(values);
  return (
    <Modal opened onClose={onClose} size="lg" title={visibleName(objectKey.slice(objectKey.lastIndexOf('/', objectKey.length - 2) + 1))} closeButtonProps={{ 'aria-label': t('close', { ns: 'window' }) }}>
      <p className="mono" style={{ display: 'flex', alignItems: 'center', gap: 6, margin: '0 0 10px', overflowWrap: 'anywhere' }}>
        {visibleName(uri)}
        <IconButton label={t('copyUri')} onClick={() => void copyText(uri)}>
          <IconCopy size={15} />
        </IconButton>
      </p>
      {error && <ErrorNotice error={toAppError(error)} onRetry={() => void refetch()} />}
      {!data && !error && <p>{t('listing')}</p>}
      {data && (
        <>
          <Facts
            facts={[
              [t('column.size'), `${formatBytes(data.size)} (${t('bytes', { count: data.size, bytes: formatNumber(data.size) })})`],
              [t('column.modified'), formatDate(data.modified, true)],
              [t('column.storageClass'), t(`storageClass.${data.storageClass}`, { defaultValue: data.storageClass })],
              ['ETag', data.etag],
              [t('fact.contentType'), data.contentType],
              [t('fact.contentEncoding'), data.contentEncoding],
              [t('fact.cacheControl'), data.cacheControl],
              [t('fact.version'), data.versionId],
              [t('fact.encryption'), data.encryption],
              ...pairs(data.checksums),
            ]}
          />
          <Facts title={t('metadata')} empty={t('noMetadata')} facts={pairs(data.metadata)} />
          <Facts title={t('tags')} empty={data.tags === null ? t('tagsDenied') : t('noTags')} facts={pairs(data.tags ?? {})} />
        </>
      )}
    </Modal>
  );
}
