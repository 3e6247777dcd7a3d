import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { s3Uri } from '../../app/openTabs.ts';
import { usePanel } from '../../app/panel.ts';
import { useConfirm } from '../../ui/confirm.tsx';
import { DeleteCount } from './DeleteCount.tsx';

interface Items {
  keys: string[];
  prefixes: string[];
}

/** Asks, with what would go counted and the connection named, then queues the delete as a transfer. */
export function useDelete(): (bucket: string, items: Items, started?: () => void) => Promise<void> {
  const { t } = useTranslation('objects');
  const client = useClient();
  const confirm = useConfirm();
  const messages = useMessages();
  const connection = useCurrentConnection();
  const { showPanel } = usePanel();
  return useCallback(
    async (bucket, items, started) => {
      const count = items.keys.length + items.prefixes.length;
      if (count === 0) return;
      const first = items.prefixes[0] ?? items.keys[0] ?? '';
      const yes = await confirm({
        title: count === 1 ? t('deleteOneTitle', { uri: s3Uri(bucket, first) }) : t('deleteTitle', { count }),
        body: <DeleteCount connectionId={connection.id} bucket={bucket} {...items} />,
        action: t('delete'),
        danger: true,
        connection,
      });
      if (!yes) return;
      try {
        await client.transfers.delete({ connectionId: connection.id, bucket, ...items });
        showPanel('transfers');
        started?.();
      } catch (error) {
        messages.error(error);
      }
    },
    [client, confirm, connection, messages, showPanel, t],
  );
}
