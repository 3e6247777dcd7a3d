import { useEffect, useState } from 'react';
import type { SyncPlan } from '../../../shared/contract/sync.ts';
import { useClient } from '../../app/clientContext.tsx';
import { subscribe } from '../../subscribe.ts';

interface Seen {
  id: string;
  plan?: SyncPlan;
  /** It could not be read: dropped, or from before the app kept plans. */
  error?: unknown;
}

/** A plan as it is made, and how it then is. */
export function useSyncPlan(id: string | undefined): { plan: SyncPlan | undefined; error: unknown; set(plan: SyncPlan): void } {
  const client = useClient();
  const [seen, setSeen] = useState<Seen | null>(null);
  useEffect(() => {
    if (id === undefined) return;
    return subscribe(
      client,
      (one, options) => one.sync.watch({ id }, options),
      (plan) => setSeen({ id, plan }),
      { onError: (error) => setSeen({ id, error }) },
    );
  }, [client, id]);
  const now = seen?.id === id ? seen : null;
  return { plan: now?.plan, error: now?.error, set: (plan) => setSeen({ id: plan.id, plan }) };
}
