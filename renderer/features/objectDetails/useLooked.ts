import { useQuery } from '@tanstack/react-query';
import type { ObjectFacts, ObjectSheet } from '../../../shared/contract/s3Objects.ts';
import type { AppErrorData } from '../../../shared/errors.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';

/** So many objects are read for what they have in common. */
export const MOST_READ = 100;

export interface LookedAt {
  facts: ObjectFacts[];
  /** Whether the bucket has Object Lock. */
  lockable: ObjectSheet['lockable'];
  /** Where it is one object. */
  sheet?: ObjectSheet;
  /** Objects that could not be read, and why. */
  failed: { key: string; error: AppErrorData }[];
}

/** What the objects are now, read afresh. null: too many to read each. */
export function useLooked(bucket: string, keys: readonly string[]) {
  const client = useClient();
  const { id: connectionId } = useCurrentConnection();
  return useQuery<LookedAt | null>({
    queryKey: ['objectDetails', connectionId, bucket, keys],
    async queryFn({ signal }) {
      if (keys.length > MOST_READ) return null;
      if (keys.length === 1) {
        const sheet = await client.s3Objects.sheet({ connectionId, bucket, key: keys[0]! }, { signal });
        return { facts: [sheet], sheet, lockable: sheet.lockable, failed: [] };
      }
      const all = await client.s3Objects.facts({ connectionId, bucket, keys: [...keys] }, { signal });
      const first = all.find((one) => 'facts' in one)?.facts;
      const lockable = first ? (await client.s3Objects.sheet({ connectionId, bucket, key: first.key }, { signal })).lockable : 'no';
      return { lockable, facts: all.flatMap((one) => ('facts' in one ? [one.facts] : [])), failed: all.flatMap((one) => ('error' in one ? [one] : [])) };
    },
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
}
