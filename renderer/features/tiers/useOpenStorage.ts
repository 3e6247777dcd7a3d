import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { objectsTitle, type ObjectsPlace } from '../../app/openTabs.ts';
import { useWorkspace } from '../../app/workspace.tsx';

/** Opens (or shows) the picture of a place. */
export function useOpenStorage(): (place: ObjectsPlace) => void {
  const { t } = useTranslation('tiers');
  const { openTab } = useWorkspace();
  const { id: connectionId } = useCurrentConnection();
  return useCallback(
    (place) => void openTab({ kind: 'storage', title: t('tabTitle', { place: objectsTitle(place) }), params: { ...place }, connectionId, id: `storage ${connectionId} ${place.bucket}/${place.prefix}` }),
    [openTab, connectionId, t],
  );
}
