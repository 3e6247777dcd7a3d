import { useCallback } from 'react';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import type { ObjectsPlace } from '../../app/openTabs.ts';
import { usePanel } from '../../app/panel.ts';
import { useSettings } from '../../app/settings.tsx';
import { chosenFiles } from './droppedFiles.ts';
import { useReviews } from './reviews.ts';
import { isWorthAsking } from './transferStart.ts';
import { useUpload } from './useUpload.ts';

/** The browser's own chooser; answers with nothing where it is cancelled. */
export function chooseInBrowser(what: 'files' | 'folder'): Promise<FileList | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.webkitdirectory = what === 'folder';
    input.style.display = 'none';
    const done = (files: FileList | null) => {
      input.remove();
      resolve(files?.length ? files : null);
    };
    input.addEventListener('change', () => done(input.files), { once: true });
    input.addEventListener('cancel', () => done(null), { once: true });
    document.body.append(input);
    input.click();
  });
}

/** Lets the user choose files or a folder, by the host's own dialog, and uploads them to a place. */
export function useUploadChooser(): (place: ObjectsPlace, what: 'files' | 'folder') => void {
  const client = useClient();
  const messages = useMessages();
  const { id: connectionId } = useCurrentConnection();
  const { showPanel } = usePanel();
  const { settings } = useSettings();
  const { review } = useReviews();
  const upload = useUpload();
  return useCallback(
    (place, what) => {
      const choose = async () => {
        if (!window.secchi) {
          const files = await chooseInBrowser(what);
          if (files) await upload(place, chosenFiles(files));
          return;
        }
        const chosen = await client.app.choose({ what: what === 'files' ? 'openFiles' : 'openFolder' });
        if (!chosen?.length) return;
        const propose = isWorthAsking(chosen.length, chosen.filter(({ isFolder }) => isFolder).length);
        review((await client.transfers.upload({ connectionId, ...place, grants: chosen.map(({ grant }) => grant), policy: settings?.conflictPolicy, propose })).id);
        showPanel('transfers');
      };
      choose().catch(messages.error);
    },
    [client, connectionId, messages, review, settings, showPanel, upload],
  );
}
