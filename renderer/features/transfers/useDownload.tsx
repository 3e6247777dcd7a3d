import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { usePanel } from '../../app/panel.ts';
import { useSettings } from '../../app/settings.tsx';
import { useFolderChooser } from '../../ui/FolderChooser.tsx';
import { useReviews } from './reviews.ts';
import { isWorthAsking } from './transferStart.ts';

interface Wanted {
  bucket: string;
  /** The place they were chosen in: paths on disk start below it. */
  prefix: string;
  keys: string[];
  prefixes: string[];
}

/** Hands a one-time address to the browser's own downloads. */
export function saveFromBrowser(url: string, fileName: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  document.body.append(link);
  link.click();
  link.remove();
}

/** Downloads objects and folders: one object through the browser's downloads, more into a folder of this computer. Folders, and many objects, are counted and shown first. */
export function useDownload(): (wanted: Wanted) => Promise<void> {
  const { t } = useTranslation('transfers');
  const client = useClient();
  const messages = useMessages();
  const { id: connectionId } = useCurrentConnection();
  const { settings } = useSettings();
  const { showPanel } = usePanel();
  const { review } = useReviews();
  const chooseFolder = useFolderChooser();
  return useCallback(
    async ({ bucket, prefix, keys, prefixes }) => {
      try {
        const [only] = keys;
        if (!window.secchi && keys.length === 1 && prefixes.length === 0 && only !== undefined) {
          const { url, fileName } = await client.transfers.browserDownload({ connectionId, bucket, key: only });
          saveFromBrowser(url, fileName);
          return;
        }
        const grant = window.secchi ? (await client.app.choose({ what: 'openFolder' }))?.[0]?.grant : await chooseFolder(t('downloadTo'));
        if (!grant) return;
        const propose = isWorthAsking(keys.length, prefixes.length);
        const { id } = await client.transfers.download({ connectionId, bucket, keys, prefixes, basePrefix: prefix, grant, policy: settings?.conflictPolicy, propose });
        review(id);
        showPanel('transfers');
      } catch (error) {
        messages.error(error);
      }
    },
    [client, connectionId, messages, review, settings, showPanel, chooseFolder, t],
  );
}
