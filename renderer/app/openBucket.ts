import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from './commands.tsx';
import { useCurrentConnection } from './connectionContext.tsx';
import { useWorkspace } from './workspace.tsx';

export const PARTS = ['properties', 'lifecycle', 'uploads'] as const;
export type BucketPart = (typeof PARTS)[number];
/** The words of the bucket's parts where they are offered: `t(BUCKET_WORDS.lifecycle)` of namespace `bucket`. */
export const BUCKET_WORDS = { properties: 'menuProperties', lifecycle: 'menuLifecycle', uploads: 'menuUploads' } as const satisfies Record<BucketPart, string>;

/** Opens the tab of a bucket as a whole, or shows the one that is open. */
export function useOpenBucket(): (bucket: string, part?: BucketPart) => void {
  const { openTab } = useWorkspace();
  const { id: connectionId } = useCurrentConnection();
  return useCallback(
    (bucket, part = 'properties') => void openTab({ kind: 'bucket', title: bucket, params: { bucket, part }, connectionId, id: `bucket ${connectionId} ${bucket}` }),
    [openTab, connectionId],
  );
}

/** The parts of a bucket as commands, of a tab that shows something in it. */
export function useBucketCommands(bucket: string): (part?: BucketPart) => void {
  const { t } = useTranslation('bucket');
  const open = useOpenBucket();
  useCommands(PARTS.map((part) => ({ id: `bucket.open.${part}`, title: t(BUCKET_WORDS[part]), group: t('bucket'), enabled: bucket !== '', run: () => open(bucket, part) })));
  return (part) => open(bucket, part);
}
