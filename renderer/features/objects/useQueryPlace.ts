import { useCallback } from 'react';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { useOpenTabs, type ObjectsPlace } from '../../app/openTabs.ts';

/** From a file or folder to a query: opens the table that covers it, else "Create table" with its files inferred. */
export function useQueryPlace(): (place: ObjectsPlace) => Promise<void> {
  const client = useClient();
  const messages = useMessages();
  const { id: connectionId } = useCurrentConnection();
  const { openTable, openCreateTable } = useOpenTabs();
  return useCallback(
    async (place) => {
      try {
        const covering = await client.catalog.covering({ connectionId, ...place });
        if (covering) openTable(covering.database, covering.table);
        else openCreateTable(place);
      } catch (error) {
        messages.error(error);
      }
    },
    [client, connectionId, messages, openTable, openCreateTable],
  );
}
