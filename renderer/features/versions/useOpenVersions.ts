import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { s3Uri } from '../../app/openTabs.ts';
import { useWorkspace } from '../../app/workspace.tsx';
import type { VersionsPlace } from './useVersions.ts';

/** Opens the versions of a prefix, or of one key, in a tab of their own. */
export function useOpenVersions(): (place: VersionsPlace) => void {
  const { t } = useTranslation('versions');
  const { openTab } = useWorkspace();
  const { id: connectionId } = useCurrentConnection();
  return useCallback(
    (place) => {
      const uri = s3Uri(place.bucket, place.key ?? place.prefix);
      openTab({ kind: 'versions', title: t('path', { uri }), params: { ...place }, connectionId, id: `versions ${connectionId} ${uri}` });
    },
    [openTab, connectionId, t],
  );
}
