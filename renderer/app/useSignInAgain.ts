import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useClient } from './clientContext.tsx';
import { signedInAgain } from './signIn.ts';

/** Reads the connection's credentials anew; where they work, all that failed without them is asked again. Fails as GetCallerIdentity does. */
export function useSignInAgain(): (connectionId: string) => Promise<void> {
  const client = useClient();
  const cache = useQueryClient();
  return useCallback(
    async (connectionId) => {
      cache.setQueryData(['identity', connectionId], await client.connections.refresh({ connectionId }));
      signedInAgain(connectionId);
      await cache.invalidateQueries();
    },
    [client, cache],
  );
}
