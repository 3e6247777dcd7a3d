import { useCallback } from 'react';
import { useCurrentConnection } from './connectionContext.tsx';
import { useWorkspace } from './workspace.tsx';

/** Opens the tab of a bucket as a whole, or shows the one that is open. */
export function useOpenBucket(): (bucket: string, part?: 'properties' | 'lifecycle' | 'uploads') => void {
  const { openTab } = useWorkspace();
  const { id: connectionId } = useCurrentConnection();
  return useCallback(
    (bucket, part = 'properties') => void openTab({ kind: 'bucket', title: bucket, params: { bucket, part }, connectionId, id: `bucket ${connectionId} ${bucket}` }),
    [openTab, connectionId],
  );
}
