import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../app/commands.tsx';
import { useConnections } from '../../app/connectionContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { formatNumber } from '../../ui/format.ts';
import { useTransfers } from '../transfers/useTransfers.ts';
import { canUndo, useUndo } from './useUndo.ts';

/** Offers Undo when a transfer has ended that deleted or replaced what can be brought back; draws nothing itself. */
export function UndoOffers() {
  const { t } = useTranslation('versions');
  const { list, loaded } = useTransfers();
  const { current } = useConnections();
  const messages = useMessages();
  const undo = useUndo();
  /** Those that are no news, with what withdraws their offer; null until the transfers of before are known. */
  const known = useRef<Map<string, (() => void) | undefined> | null>(null);
  useEffect(() => {
    if (!loaded) return;
    const undoable = list.filter(canUndo);
    const news = known.current === null ? [] : undoable.filter(({ id }) => !known.current?.has(id));
    known.current ??= new Map(undoable.map(({ id }) => [id, undefined]));
    for (const { id, undone } of list) {
      if (!undone || !known.current.get(id)) continue;
      known.current.get(id)?.();
      known.current.set(id, undefined);
    }
    for (const transfer of news) {
      const { undoable: count = 0, replaced = 0 } = transfer;
      const said = replaced === 0 ? 'undoOffer' : replaced < count ? 'undoOfferBoth' : transfer.kind === 'edit' ? 'undoOfferEdited' : 'undoOfferReplaced';
      known.current.set(transfer.id, messages.offer(t(said, { count, formatted: formatNumber(count) }), { label: t('undo'), run: () => undo(transfer) }));
    }
  }, [list, loaded, messages, t, undo]);

  const last = list.find((transfer) => transfer.connectionId === current.id && canUndo(transfer));
  useCommands([{ id: 'versions.undo', title: t('undoLast'), keys: 'alt+z', group: t('group'), enabled: last !== undefined && !current.readOnly, run: () => last && undo(last) }]);
  return null;
}
