import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Transfer } from '../../../shared/contract/transfers.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useConnections } from '../../app/connectionContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { usePanel } from '../../app/panel.ts';
import { useConfirm } from '../../ui/confirm.tsx';
import { formatNumber } from '../../ui/format.ts';
import { hasEnded } from '../transfers/transferState.ts';

/** A transfer that deleted or replaced objects whose versions are kept, and was not taken back yet. */
export const canUndo = (transfer: Transfer): boolean => hasEnded(transfer) && !transfer.undone && (transfer.undoable ?? 0) > 0;

/** What undoing it does, or why it cannot be done, in words of the namespace `transfers`. */
export function undoLabel(t: TFunction<'transfers'>, { undoable = 0, replaced = 0 }: Transfer, readOnly = false): string {
  const does = replaced === 0 ? t('undo') : t(replaced < undoable ? 'undoBoth' : 'undoReplaced', { count: undoable, formatted: formatNumber(undoable) });
  return readOnly ? `${does} (${t('undoReadOnly')})` : does;
}

/** Takes back what a transfer deleted or replaced, as a transfer that the panel shows; asks first only where that costs something. */
export function useUndo(): (transfer: Transfer) => void {
  const { t } = useTranslation('versions');
  const client = useClient();
  const confirm = useConfirm();
  const messages = useMessages();
  const { list } = useConnections();
  const { showPanel } = usePanel();
  return useCallback(
    ({ id, undoLoses, connectionId, replaced = 0 }) => {
      const connection = list.find((one) => one.id === connectionId);
      const ask = () => confirm({ title: t('undoLosesTitle', { count: replaced, formatted: formatNumber(replaced) }), body: t('undoLosesText'), action: t('undo'), danger: true, ...(connection && { connection }) });
      const run = async () => {
        if (undoLoses && !(await ask())) return;
        await client.transfers.undo({ id });
        showPanel('transfers');
      };
      run().catch(messages.error);
    },
    [client, confirm, list, messages, showPanel, t],
  );
}
