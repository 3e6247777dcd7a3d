import { useMemo } from 'react';
import type { Transfer } from '../../../shared/contract/transfers.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useMessages } from '../../app/messages.tsx';

/** The type a dragged transfer is known by. */
export const DRAGGED = 'application/x-secchi-transfer';

export interface Reorder {
  canRaise(transfer: Transfer): boolean;
  canLower(transfer: Transfer): boolean;
  /** Starts before the one it waits behind. */
  raise(transfer: Transfer): void;
  lower(transfer: Transfer): void;
  /** The dragged one starts before the one it was dropped on. */
  drop(dragged: string, on: Transfer): void;
}

/** Only what waits has an order. */
export const canReorder = ({ state }: Transfer): boolean => state === 'queued' || state === 'paused';

export function useReorder(list: readonly Transfer[]): Reorder {
  const client = useClient();
  const messages = useMessages();
  return useMemo(() => {
    const waiting = list.filter(canReorder).sort((a, b) => a.order - b.order);
    const place = new Map(waiting.map(({ id }, index) => [id, index]));
    const before = (id: string, other: string | undefined) => void client.transfers.reorder({ id, before: other ?? null }).catch(messages.error);
    const at = ({ id }: Transfer) => place.get(id) ?? -1;
    return {
      canRaise: (transfer) => at(transfer) > 0,
      canLower: (transfer) => at(transfer) >= 0 && at(transfer) < waiting.length - 1,
      raise: (transfer) => before(transfer.id, waiting[at(transfer) - 1]?.id),
      lower: (transfer) => before(transfer.id, waiting[at(transfer) + 2]?.id),
      drop(dragged, on) {
        if (dragged && dragged !== on.id && canReorder(on)) before(dragged, on.id);
      },
    };
  }, [list, client, messages]);
}
