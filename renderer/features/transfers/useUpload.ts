import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import type { ObjectsPlace } from '../../app/openTabs.ts';
import { usePanel } from '../../app/panel.ts';
import { useSettings } from '../../app/settings.tsx';
import { serveBrowserUpload } from './browserUpload.ts';
import type { DroppedFiles, WalkedFiles } from './droppedFiles.ts';
import { useReviews, type Reviews } from './reviews.ts';
import { isWorthAsking } from './transferStart.ts';

/** What one browser upload takes. */
const MOST_FILES = 100_000;
/** ms before a walk is shown: a short one is over by then. */
const SHOW_AFTER = 400;
const SHOW_EVERY = 200;

/** Walks what was dropped, showing how far it is where that takes a while. null: it was stopped. */
async function walkThrough({ walk }: DroppedFiles, place: ObjectsPlace, walking: Reviews['walking']): Promise<WalkedFiles | null> {
  const stop = new AbortController();
  const begun = performance.now();
  let shown = begun + SHOW_AFTER - SHOW_EVERY;
  const so = { files: 0, bytes: 0 };
  try {
    return await walk((file) => {
      so.files += 1;
      so.bytes += file.size;
      if (performance.now() - shown < SHOW_EVERY) return;
      shown = performance.now();
      walking({ place, ...so, stop: () => stop.abort() });
    }, stop.signal);
  } catch (error) {
    if (stop.signal.aborted) return null;
    throw error;
  } finally {
    walking(null);
  }
}

/**
 * Uploads dropped or chosen files to a place; folders, and many files, are counted and shown first. In the desktop app the
 * backend reads the disk by grants; in the browser host the page gives it the bytes it asks for.
 */
export function useUpload(): (place: ObjectsPlace, files: DroppedFiles) => Promise<void> {
  const { t } = useTranslation('transfers');
  const client = useClient();
  const messages = useMessages();
  const { id: connectionId } = useCurrentConnection();
  const { settings } = useSettings();
  const { showPanel } = usePanel();
  const { review, walking } = useReviews();
  return useCallback(
    async (place, dropped) => {
      const how = { connectionId, ...place, policy: settings?.conflictPolicy };
      try {
        if (window.secchi?.pathsForFiles) {
          const grants = await window.secchi.pathsForFiles(dropped.roots);
          if (grants.length === 0) return messages.notify(t('nothingToUpload'), 'warning');
          review((await client.transfers.upload({ ...how, grants, propose: isWorthAsking(grants.length, dropped.folders) })).id);
        } else {
          const found = await walkThrough(dropped, place, walking);
          if (!found) return;
          const { files, folders } = found;
          if (files.length + folders.length === 0) return messages.notify(t('nothingToUpload'), 'warning');
          if (files.length > MOST_FILES) return messages.notify(t('tooManyFiles', { count: MOST_FILES }), 'warning');
          const described = files.map(({ file, relativePath }) => ({ relativePath, size: file.size, lastModified: file.lastModified }));
          const propose = isWorthAsking(files.length, dropped.folders);
          const transfer = await client.transfers.browserUpload({ ...how, files: described, folders, propose });
          review(transfer.id);
          serveBrowserUpload(client, transfer.id, files.map(({ file }) => file)).catch((error: unknown) => {
            // One that was left before it started is gone; so is whoever asks for its bytes.
            if (!propose) messages.error(error);
          });
        }
        showPanel('transfers');
      } catch (error) {
        messages.error(error);
      }
    },
    [client, connectionId, messages, review, settings, showPanel, t, walking],
  );
}
