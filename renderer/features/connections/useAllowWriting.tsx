import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/contract/connections.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useConnections } from '../../app/connectionContext.tsx';
import { useConfirm } from '../../ui/confirm.tsx';

/** Asks, then opens a read-only connection for changes. False where the user thought better of it. */
export function useAllowWriting(): (connection: Connection) => Promise<boolean> {
  const { t } = useTranslation('connections');
  const client = useClient();
  const confirm = useConfirm();
  const { reload } = useConnections();
  return async (connection) => {
    if (!(await confirm({ title: t('allowTitle'), body: <p>{t('allowText')}</p>, action: t('allow'), danger: true, connection }))) return false;
    await client.connections.update({ id: connection.id, readOnly: false });
    await reload();
    return true;
  };
}
