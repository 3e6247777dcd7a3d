import { useCallback } from 'react';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { useWorkspace } from '../../app/workspace.tsx';
import { visibleName } from '../objects/listingView.ts';

interface Wanted {
  bucket: string;
  key: string;
  modified?: string;
  versionId?: string;
}

/** Opens an object in a tab of its own; one that is open is shown. */
export function useOpenPreview(): (wanted: Wanted) => void {
  const { openTab } = useWorkspace();
  const { id: connectionId } = useCurrentConnection();
  return useCallback(
    (wanted) => {
      const { bucket, key, versionId = '' } = wanted;
      openTab({ kind: 'preview', title: visibleName(key.slice(key.lastIndexOf('/') + 1)), params: { ...wanted }, connectionId, id: `preview ${connectionId} ${bucket}/${key} ${versionId}`.trim() });
    },
    [openTab, connectionId],
  );
}
