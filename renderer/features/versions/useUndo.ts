import { useCallback } from 'react';
import type { Transfer } from '../../../shared/contract/transfers.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { usePanel } from '../../app/panel.ts';
import { hasEnded } from '../transfers/transferState.ts';

/** A delete that ended in a bucket that keeps versions, and was not taken back yet. */
export const canUndo = (transfer: Transfer): boolean => hasEnded(transfer) && !transfer.undone && (transfer.undoable ?? 0) > 0;

/** Takes a delete back, as a transfer that the panel shows. */
export function useUndo(): (transfer: Transfer) => void {
  const client = useClient();
  const messages = useMessages();
  const { showPanel } = usePanel();
  return useCallback(
    ({ id }) => {
      client.transfers.undo({ id }).then(() => showPanel('transfers'), messages.error);
    },
    [client, messages, showPanel],
  );
}
