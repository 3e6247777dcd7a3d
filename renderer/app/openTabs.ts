import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Run } from '../../shared/contract/runs.ts';
import { useClient } from './clientContext.tsx';
import { useCurrentConnection } from './connectionContext.tsx';
import { useMessages } from './messages.tsx';
import { objectsTitle, type ObjectsPlace } from './s3Place.ts';
import { useWorkspace } from './workspace.tsx';

export { objectsTitle, parseS3Uri, s3Uri, type ObjectsPlace } from './s3Place.ts';

/** Opens the window's kinds of tabs on the connection around the caller. */
export function useOpenTabs() {
  const { t } = useTranslation('window');
  const client = useClient();
  const messages = useMessages();
  const now = useWorkspace();
  const { openTab } = now;
  // Read when a tab is opened, not when this is drawn.
  const workspace = useRef(now);
  useEffect(() => {
    workspace.current = now;
  });
  const { id: connectionId } = useCurrentConnection();

  /** Shows a place in an objects tab of this connection that is open, or in a new one. */
  const openObjects = useCallback(
    (place?: ObjectsPlace & { select?: string }, { newTab = false } = {}) => {
      const { tabs, activeTabId } = workspace.current;
      const usable = tabs.filter((tab) => tab.kind === 'objects' && tab.connectionId === connectionId);
      const open = newTab ? undefined : (usable.find((tab) => tab.id === activeTabId) ?? usable.at(-1));
      return openTab({ kind: 'objects', title: place ? objectsTitle(place) : t('objects'), params: place ? { ...place } : {}, connectionId, id: open?.id });
    },
    [openTab, connectionId, t],
  );
  const openTable = useCallback(
    (database: string, table: string, catalog = 'AwsDataCatalog') =>
      openTab({ kind: 'table', title: table, params: { catalog, database, table }, connectionId, id: `table ${connectionId} ${catalog}.${database}.${table}` }),
    [openTab, connectionId],
  );
  const openCreateTable = useCallback(
    (place: ObjectsPlace) => openTab({ kind: 'createTable', title: t('createTable'), params: { ...place }, connectionId, id: `create ${connectionId} ${place.bucket}/${place.prefix}` }),
    [openTab, connectionId, t],
  );
  /** A SQL tab; `text` is saved before the tab opens, so that the editor finds it. */
  const openSql = useCallback(
    async (text?: string, options: { title?: string; database?: string; engine?: Run['engine'] } = {}) => {
      const id = crypto.randomUUID();
      if (text) await client.workspace.saveText({ tabId: id, text }).catch(messages.error);
      openTab({ id, kind: 'sql', title: options.title ?? t('sqlTitle'), params: { ...(options.database ? { database: options.database } : {}), ...(options.engine ? { engine: options.engine } : {}) }, connectionId });
      return id;
    },
    [client, messages, openTab, connectionId, t],
  );
  return useMemo(() => ({ openObjects, openTable, openCreateTable, openSql }), [openObjects, openTable, openCreateTable, openSql]);
}
