import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { parseS3Uri } from '../../app/openTabs.ts';
import styles from './ReviewTransfer.module.css';

/** Whether what is overwritten at the target of a transfer can be brought back: only where the bucket keeps versions. */
export function OverwriteNote({ connectionId, target }: { connectionId: string; target: string }) {
  const { t } = useTranslation('review');
  const client = useClient();
  const bucket = target.startsWith('s3://') ? parseS3Uri(target)?.bucket : undefined;
  const { data } = useQuery({
    queryKey: ['bucketFacts', connectionId, bucket],
    queryFn: ({ signal }) => client.s3Tiers.facts({ connectionId, bucket: bucket! }, { signal }),
    enabled: bucket !== undefined,
  });
  const undo = bucket === undefined ? 'folder' : data?.versioning;
  return undo && <p className={undo === 'enabled' ? styles.quiet : styles.noUndo} role="note">{t(`overwriteUndo.${undo}`)}</p>;
}
