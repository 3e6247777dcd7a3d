import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ReadCost } from '../../../shared/contract/preview.ts';
import { useClient } from '../../app/clientContext.tsx';
import type { PreviewedObject } from './previewTypes.ts';

/** A Parquet footer with the columns of one row group. The bytes were read for the rows already. */
export function useFooter(at: PreviewedObject, group: number, onCost: (cost: ReadCost) => void) {
  const client = useClient();
  const query = useQuery({
    queryKey: ['parquetFooter', at, group],
    queryFn: ({ signal }) => client.preview.parquet({ ...at, group }, { signal }),
    placeholderData: keepPreviousData,
  });
  const cost = query.data?.cost;
  useEffect(() => {
    if (cost) onCost(cost);
  }, [cost, onCost]);
  return query;
}
