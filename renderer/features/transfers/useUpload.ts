import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import type { ObjectsPlace } from '../../app/openTabs.ts';
import { usePanel } from '../../app/panel.ts';
import { serveBrowserUpload } from './browserUpload.ts';
import type { DroppedFiles } from './droppedFiles.ts';

/**
 * Uploads dropped or chosen files to a place. In the desktop app the backend reads the disk by grants; in the browser
 * host the page gives it the bytes it asks for.
 */
export function useUpload(): (place: ObjectsPlace, files: DroppedFiles) => Promise<void> {
  const { t } = useTranslation('transfers');
  const client = useClient();
  const messages = useMessages();
  const { id: connectionId } = useCurrentConnection();
  const { showPanel } = usePanel();
  return useCallback(
    async (place, { roots, walk }) => {
      try {
        if (window.secchi?.pathsForFiles) {
          const grants = await window.secchi.pathsForFiles(roots);
          if (grants.length === 0) return messages.notify(t('nothingToUpload'), 'warning');
          await client.transfers.upload({ connectionId, ...place, grants });
        } else {
          const files = await walk();
          if (files.length === 0) return messages.notify(t('nothingToUpload'), 'warning');
          const described = files.map(({ file, relativePath }) => ({ relativePath, size: file.size, lastModified: file.lastModified }));
          const transfer = await client.transfers.browserUpload({ connectionId, ...place, files: described });
          serveBrowserUpload(client, transfer.id, files.map(({ file }) => file)).catch(messages.error);
        }
        showPanel('transfers');
      } catch (error) {
        messages.error(error);
      }
    },
    [client, connectionId, messages, showPanel, t],
  );
}
