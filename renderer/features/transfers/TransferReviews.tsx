import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCommands } from '../../app/commands.tsx';
import { useMessages } from '../../app/messages.tsx';
import { ReviewsContext, type Reviews, type Walk } from './reviews.ts';
import { asksSomething } from './transferState.ts';
import { useTransfers } from './useTransfers.ts';

const ReviewTransfer = lazy(() => import('./ReviewTransfer.tsx'));
const WalkProgress = lazy(() => import('./WalkProgress.tsx'));

/** What transfers ask before they move anything, one at a time: those started here, and those the user turns to. */
export function TransferReviews({ children }: { children: ReactNode }) {
  const { t } = useTranslation('review');
  const client = useClient();
  const messages = useMessages();
  const { list } = useTransfers();
  const [wanted, setWanted] = useState<readonly string[]>([]);
  const [walk, setWalk] = useState<Walk | null>(null);
  const reviews = useMemo<Reviews>(() => ({ review: (id) => setWanted((before) => [id, ...before.filter((other) => other !== id)]), walking: setWalk }), []);
  const asking = list.filter(asksSomething);
  const shown = wanted.map((id) => asking.find((transfer) => transfer.id === id)).find((transfer) => transfer !== undefined);
  const first = asking[0];
  const waiting = list.filter(({ waitsFor }) => waitsFor);
  // One question a connection is enough: all its transfers wait for the same answer.
  const tryNow = () => {
    const each = [...new Map(waiting.map((transfer) => [transfer.connectionId, transfer])).values()];
    void Promise.all(each.map(({ id }) => client.transfers.tryNow({ id }))).catch(messages.error);
  };
  useCommands([
    { id: 'transfers.answer', title: t('answerNext'), group: t('group'), enabled: first !== undefined, run: () => first && reviews.review(first.id) },
    { id: 'transfers.tryNow', title: t('tryNow'), keys: 'alt+t', group: t('group'), enabled: waiting.length > 0, run: tryNow },
  ]);
  return (
    <ReviewsContext value={reviews}>
      {children}
      <Suspense fallback={null}>
        {walk && <WalkProgress walk={walk} />}
        {!walk && shown && <ReviewTransfer key={shown.id} transfer={shown} onClose={() => setWanted((before) => before.filter((id) => id !== shown.id))} />}
      </Suspense>
    </ReviewsContext>
  );
}
