import { useEffect, useState } from 'react';
import type { SelectionStats } from '../../../shared/contract/resultAnalysis.ts';
import { useClient } from '../../app/clientContext.tsx';
import { cellCount } from '../../grid/selection.ts';
import { selectedColumns, type Selected } from './selected.ts';

/** Dragging changes the selection many times a second. */
const settleMillis = 90;

/** Counts, sums and extremes of the selected cells, computed where the rows are; null while that goes on. One cell has none. */
export function useStats(runId: string, selected: Selected | null, ready: boolean): SelectionStats | null {
  const client = useClient();
  const [held, setHeld] = useState<{ of: Selected; value: SelectionStats } | null>(null);
  useEffect(() => {
    if (!selected || !ready || cellCount(selected.area) < 2) return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      const { area, viewId } = selected;
      client.results.stats({ runId, viewId, top: area.top, bottom: area.bottom, columns: selectedColumns(selected) }, { signal: stop.signal }).then(
        (value) => !stop.signal.aborted && setHeld({ of: selected, value }),
        () => undefined, // the grid says why these rows cannot be read
      );
    }, settleMillis);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [client, runId, selected, ready]);
  return held && held.of === selected ? held.value : null;
}
