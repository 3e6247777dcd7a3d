import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { BucketFacts, RegionPrices } from '../../../shared/contract/s3Tiers.ts';
import { useClient } from '../../app/clientContext.tsx';

const KEY = ['s3Prices'];

/** Prices by region; `undefined` while they are read, regions without figures are absent. */
export function usePrices() {
  const client = useClient();
  const cache = useQueryClient();
  const query = useQuery({ queryKey: KEY, queryFn: () => client.s3Tiers.prices(), staleTime: Infinity });
  const reload = useCallback(() => cache.invalidateQueries({ queryKey: KEY }), [cache]);
  return { ...query, reload };
}

export interface BucketPrices {
  facts: BucketFacts | undefined;
  region: string | undefined;
  /** undefined: no figures for the region. */
  prices: RegionPrices | undefined;
  edited: boolean;
}

/** Where a bucket is, and what its region costs. */
export function useBucketPrices(connectionId: string, bucket: string): BucketPrices {
  const client = useClient();
  const { data } = usePrices();
  const { data: facts } = useQuery({
    queryKey: ['bucketFacts', connectionId, bucket],
    queryFn: ({ signal }) => client.s3Tiers.facts({ connectionId, bucket }, { signal }),
    enabled: bucket !== '',
  });
  const region = facts?.region;
  return { facts, region, prices: region === undefined ? undefined : data?.table.regions[region], edited: region !== undefined && (data?.edited.includes(region) ?? false) };
}
