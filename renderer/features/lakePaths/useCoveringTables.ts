import { useQuery } from '@tanstack/react-query';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import type { ObjectsPlace } from '../../app/openTabs.ts';

/** The tables that read a place. From the catalog's cache; `partitions` asks once for each whether its partition is registered. */
export function useCoveringTables(place: ObjectsPlace | undefined, partitions: boolean) {
  const client = useClient();
  const { id: connectionId } = useCurrentConnection();
  return useQuery({
    queryKey: ['coveringTables', connectionId, place?.bucket, place?.prefix, partitions],
    queryFn: ({ signal }) => client.catalog.coveringTables({ connectionId, bucket: place!.bucket, prefix: place!.prefix, partitions }, { signal }),
    enabled: place !== undefined,
    staleTime: 10_000,
    // A table made a moment ago may not be in the catalog's cache yet; asked twice more, not for ever.
    refetchInterval: ({ state }) => (state.data?.length === 0 && state.dataUpdateCount < 3 ? 4000 : false),
  });
}
