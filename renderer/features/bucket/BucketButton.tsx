import { IconSettings2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../app/commands.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { useBucketCommands } from '../../app/openBucket.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { useBucketDialogs } from './useBucketDialogs.tsx';

const nothing = () => undefined;

/** In the tool bar of a tab that shows something in a bucket: opens the bucket as a whole. Its parts, and emptying it, are commands there, too. */
export function BucketButton({ bucket }: { bucket: string }) {
  const { t } = useTranslation('bucket');
  const open = useBucketCommands(bucket);
  const { readOnly } = useCurrentConnection();
  const { emptyBucket, dialogs } = useBucketDialogs(nothing);
  useCommands([{ id: 'bucket.empty', title: t('menuEmpty'), group: t('bucket'), enabled: bucket !== '' && !readOnly, run: () => emptyBucket(bucket) }]);
  return (
    <>
      <IconButton label={t('menuProperties')} disabled={bucket === ''} onClick={() => open()}>
        <IconSettings2 size={16} stroke={1.7} />
      </IconButton>
      {dialogs}
    </>
  );
}
