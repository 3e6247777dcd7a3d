import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react';
import { ConnectionScope } from '../../app/connectionContext.tsx';
import { TierDialogsContext, type ClassWish, type TierDialogs, type TierSelection } from './tierDialogs.ts';

const ChangeClassDialog = lazy(() => import('./ChangeClassDialog.tsx'));
const RestoreDialog = lazy(() => import('./RestoreDialog.tsx'));
const PricesDialog = lazy(() => import('./PricesDialog.tsx'));

/** One dialog of storage tiers at a time; the prices may lie over another. */
export function TierDialogsProvider({ children }: { children: ReactNode }) {
  const [wish, setWish] = useState<ClassWish | null>(null);
  const [restoring, setRestoring] = useState<TierSelection | null>(null);
  const [prices, setPrices] = useState<{ region: string | undefined } | null>(null);
  const dialogs = useMemo<TierDialogs>(() => ({ changeClass: setWish, restore: setRestoring, showPrices: (region) => setPrices({ region }) }), []);
  return (
    <TierDialogsContext value={dialogs}>
      {children}
      <Suspense fallback={null}>
        {wish && (
          <ConnectionScope id={wish.connectionId}>
            <ChangeClassDialog wish={wish} onClose={() => setWish(null)} />
          </ConnectionScope>
        )}
        {restoring && (
          <ConnectionScope id={restoring.connectionId}>
            <RestoreDialog selection={restoring} onClose={() => setRestoring(null)} />
          </ConnectionScope>
        )}
        {prices && <PricesDialog region={prices.region} onClose={() => setPrices(null)} />}
      </Suspense>
    </TierDialogsContext>
  );
}
