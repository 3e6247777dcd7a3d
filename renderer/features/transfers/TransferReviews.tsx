import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../app/commands.tsx';
import { ReviewsContext, type Reviews, type Walk } from './reviews.ts';
import { asksSomething } from './transferState.ts';
import { useTransfers } from './useTransfers.ts';

const ReviewTransfer = lazy(() => import('./ReviewTransfer.tsx'));
const WalkProgress = lazy(() => import('./WalkProgress.tsx'));

/** What transfers ask before they move anything, one at a time: those started here, and those the user turns to. */
export function TransferReviews({ children }: { children: ReactNode }) {
  const { t } = useTranslation('review');
  const { list } = useTransfers();
  const [wanted, setWanted] = useState<readonly string[]>([]);
  const [walk, setWalk] = useState<Walk | null>(null);
  const reviews = useMemo<Reviews>(() => ({ review: (id) => setWanted((before) => [id, ...before.filter((other) => other !== id)]), walking: setWalk }), []);
  const asking = list.filter(asksSomething);
  const shown = wanted.map((id) => asking.find((transfer) => transfer.id === id)).find((transfer) => transfer !== undefined);
  const first = asking[0];
  useCommands([{ id: 'transfers.answer', title: t('answerNext'), group: t('group'), enabled: first !== undefined, run: () => first && reviews.review(first.id) }]);
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
