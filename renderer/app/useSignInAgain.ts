import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useClient } from './clientContext.tsx';
import { signedInAgain } from './signIn.ts';

/** Reads the connection's credentials anew; where they work, all that failed without them is asked again. Fails as GetCallerIdentity does. */
export function useSignInAgain(): (connectionId: string) => Promise<void> {
  const client = useClient();
  const cache = useQueryClient();
  const replay = useReplay();
  return useCallback(
    async (connectionId) => {
      cache.setQueryData(['identity', connectionId], await client.connections.refresh({ connectionId }));
      replay(connectionId);
    },
    [client, cache, replay],
  );
}

/** Asks again what failed for want of a sign-in. */
export function useReplay(): (connectionId: string) => void {
  const cache = useQueryClient();
  return useCallback(
    (connectionId) => {
      signedInAgain(connectionId);
      void cache.invalidateQueries();
    },
    [cache],
  );
}
