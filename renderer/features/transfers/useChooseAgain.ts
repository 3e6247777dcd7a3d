import { useCallback } from 'react';
import type { Transfer } from '../../../shared/contract/transfers.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { parseS3Uri } from '../../app/openTabs.ts';
import { serveBrowserUpload } from './browserUpload.ts';
import { chosenFiles } from './droppedFiles.ts';
import { chooseInBrowser } from './useUploadChooser.ts';

/**
 * After a reload the page has lost the files of its uploads: the user chooses them again, and the upload goes on where
 * it was. Other files, or files that changed meanwhile, are refused.
 */
export function useChooseAgain(): (transfer: Transfer) => void {
  const client = useClient();
  const messages = useMessages();
  return useCallback(
    (transfer) => {
      const again = async () => {
        // Several files dropped side by side are named “first (+2)”.
        const isOneFolder = transfer.filesTotal > 1 && !/ \(\+\d+\)$/.test(transfer.source);
        const place = parseS3Uri(transfer.target);
        const chosen = place && (await chooseInBrowser(isOneFolder ? 'folder' : 'files'));
        if (!place || !chosen) return;
        const { files } = await chosenFiles(chosen).walk();
        const described = files.map(({ file, relativePath }) => ({ relativePath, size: file.size, lastModified: file.lastModified }));
        const { id, connectionId } = transfer;
        await client.transfers.browserUpload({ connectionId, ...place, files: described, again: id });
        await serveBrowserUpload(client, id, files.map(({ file }) => file));
      };
      again().catch(messages.error);
    },
    [client, messages],
  );
}
