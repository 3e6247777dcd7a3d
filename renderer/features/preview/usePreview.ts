import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { ArchiveEntry, ReadCost } from '../../../shared/contract/preview.ts';
import type { TextEncoding } from '../../../shared/textEncodings.ts';
import { useClient } from '../../app/clientContext.tsx';
import type { PreviewedObject } from './previewTypes.ts';

interface Choices {
  encoding?: TextEncoding | undefined;
  entry?: ArchiveEntry | undefined;
}

/**
 * What is in an object, as it is chosen to be read. While the next object is read, the last one stays (`stale`). A
 * request nobody waits for any more is cancelled, down to S3.
 */
export function usePreview(at: PreviewedObject | undefined, modified: string, rows: number) {
  const client = useClient();
  const of = at ? JSON.stringify([at, modified]) : '';
  const [chosen, setChosen] = useState<{ of: string; choices: Choices }>({ of, choices: {} });
  const choices = chosen.of === of ? chosen.choices : {};
  const choose = useCallback((change: Choices) => setChosen((before) => ({ of, choices: { ...(before.of === of ? before.choices : {}), ...change } })), [of]);
  const query = useQuery({
    queryKey: ['preview', of, rows, choices.encoding, choices.entry],
    queryFn: async ({ signal }) => ({ of, at: at!, choices, preview: await client.preview.open({ ...at!, rows, ...choices }, { signal }) }),
    enabled: at !== undefined,
    placeholderData: keepPreviousData,
  });
  const { data } = query;
  const [later, setLater] = useState<{ of: string; cost: ReadCost }>();
  const shown = data?.of ?? '';
  const onCost = useCallback((cost: ReadCost) => setLater({ of: shown, cost }), [shown]);
  const opened = data?.preview.cost;
  const cost = later && data && later.of === shown && opened && later.cost.bytesRead >= opened.bytesRead ? later.cost : opened;
  return { ...query, choices, choose, onCost, cost, stale: data !== undefined && data.of !== of };
}
