import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatBytes, formatNumber } from '../../ui/format.ts';

interface Props {
  connectionId: string;
  bucket: string;
  keys: string[];
  prefixes: string[];
}

/** What a delete would take: objects and bytes, counted while one reads, and that there is no undo. */
export function DeleteCount({ connectionId, bucket, keys, prefixes }: Props) {
  const { t } = useTranslation('objects');
  const client = useClient();
  const { data, error } = useQuery({
    queryKey: ['count', connectionId, bucket, keys, prefixes],
    queryFn: ({ signal }) => client.s3.count({ connectionId, bucket, keys, prefixes }, { signal }),
    staleTime: 0,
    gcTime: 0,
  });
  const facts = useQuery({ queryKey: ['bucketFacts', connectionId, bucket], queryFn: ({ signal }) => client.s3Tiers.facts({ connectionId, bucket }, { signal }) });
  return (
    <>
      <p aria-live="polite">
        {data
          ? t(data.complete ? 'deleteCount' : 'deleteCountAtLeast', { count: data.objects, objects: formatNumber(data.objects), bytes: formatBytes(data.bytes) })
          : !error && t('deleteCounting')}
      </p>
      {error && <ErrorNotice error={toAppError(error)} compact />}
      <p>{facts.data && t(`deleteUndo.${facts.data.versioning}`)}</p>
    </>
  );
}
