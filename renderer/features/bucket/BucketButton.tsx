import { IconSettings2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useBucketCommands } from '../../app/openBucket.ts';
import { IconButton } from '../../ui/IconButton.tsx';

/** In the tool bar of a tab that shows something in a bucket: opens the bucket as a whole. Its parts are commands there, too. */
export function BucketButton({ bucket }: { bucket: string }) {
  const { t } = useTranslation('bucket');
  const open = useBucketCommands(bucket);
  return (
    <IconButton label={t('menuProperties')} disabled={bucket === ''} onClick={() => open()}>
      <IconSettings2 size={16} stroke={1.7} />
    </IconButton>
  );
}
