import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import type { ObjectsPlace } from '../../app/openTabs.ts';
import { useWorkspace } from '../../app/workspace.tsx';

/** Opens a sync tab; a place becomes its target (or, without the right to write, its source). */
export function useOpenSync(): (place?: ObjectsPlace) => void {
  const { t } = useTranslation('sync');
  const { openTab } = useWorkspace();
  const { id: connectionId, readOnly } = useCurrentConnection();
  return useCallback(
    (place) => {
      const side = place && { kind: 'bucket', connectionId, ...place };
      openTab({ kind: 'sync', title: t('sync'), params: side ? { [readOnly ? 'from' : 'to']: side } : {}, connectionId });
    },
    [openTab, connectionId, readOnly, t],
  );
}
