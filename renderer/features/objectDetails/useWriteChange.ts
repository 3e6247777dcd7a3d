import { useState } from 'react';
import type { ObjectChange } from '../../../shared/objects/change.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { usePanel } from '../../app/panel.ts';

interface Wish {
  connectionId: string;
  bucket: string;
  change: ObjectChange;
  objects: { key: string; seen?: { etag: string; modified: string } }[];
  written(): void;
}

/** Queues the edit as a transfer and shows it there. */
export function useWriteChange({ connectionId, bucket, change, objects, written }: Wish) {
  const client = useClient();
  const messages = useMessages();
  const { showPanel } = usePanel();
  const [isWriting, setWriting] = useState(false);
  const write = async () => {
    setWriting(true);
    try {
      await client.transfers.edit({ connectionId, bucket, objects, change });
      showPanel('transfers');
      written();
    } catch (error) {
      messages.error(error);
      setWriting(false);
    }
  };
  return { write, isWriting };
}
