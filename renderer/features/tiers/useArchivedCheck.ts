import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { useConfirm } from '../../ui/confirm.tsx';
import { formatNumber } from '../../ui/format.ts';
import { useTierDialogs } from './tierDialogs.ts';

/** Before objects are read: true where all of these can be; for those still archived it offers to restore them instead. */
export function useArchivedCheck(): (bucket: string, keys: readonly string[]) => Promise<boolean> {
  const { t } = useTranslation('tiers');
  const client = useClient();
  const connection = useCurrentConnection();
  const confirm = useConfirm();
  const { restore } = useTierDialogs();
  return useCallback(
    async (bucket, keys) => {
      if (keys.length === 0) return true;
      const { id: connectionId } = connection;
      const states = await Promise.all(keys.map((key) => client.s3Tiers.archive({ connectionId, bucket, key }).catch(() => null)));
      const unread = keys.filter((_, at) => states[at]?.state === 'archived' || states[at]?.state === 'restoring');
      if (unread.length === 0) return true;
      const yes = await confirm({
        title: t('archivedTitle', { count: unread.length, objects: formatNumber(unread.length) }),
        body: t('archivedText'),
        action: t('restoreDots'),
        connection,
      });
      if (yes) restore({ connectionId, bucket, keys: unread, prefixes: [] });
      return false;
    },
    [t, client, connection, confirm, restore],
  );
}
