import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../app/commands.tsx';
import { useConnections } from '../../app/connectionContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { formatNumber } from '../../ui/format.ts';
import { useTransfers } from '../transfers/useTransfers.ts';
import { canUndo, useUndo } from './useUndo.ts';

/** Offers Undo when a delete that can be taken back has ended; draws nothing itself. */
export function UndoOffers() {
  const { t } = useTranslation('versions');
  const { list, loaded } = useTransfers();
  const { current } = useConnections();
  const messages = useMessages();
  const undo = useUndo();
  /** Those that are no news; null until the transfers of before are known. */
  const known = useRef<Set<string> | null>(null);
  useEffect(() => {
    if (!loaded) return;
    const undoable = list.filter(canUndo);
    const news = known.current === null ? [] : undoable.filter(({ id }) => !known.current?.has(id));
    known.current ??= new Set();
    for (const transfer of undoable) known.current.add(transfer.id);
    for (const transfer of news) {
      const count = transfer.undoable ?? 0;
      messages.notify(t('undoOffer', { count, formatted: formatNumber(count) }), 'success', { label: t('undo'), run: () => undo(transfer) });
    }
  }, [list, loaded, messages, t, undo]);

  const last = list.find((transfer) => transfer.connectionId === current.id && canUndo(transfer));
  useCommands([{ id: 'versions.undo', title: t('undoLast'), group: t('group'), enabled: last !== undefined && !current.readOnly, run: () => last && undo(last) }]);
  return null;
}
