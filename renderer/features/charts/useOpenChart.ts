import { useCallback } from 'react';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { useWorkspace } from '../../app/workspace.tsx';
import type { ChartSpec } from '../../../shared/contract/charts.ts';

/** Opens a chart of a stored result in a tab of its own. */
export function useOpenChart(): (chart: { runId: string; spec: ChartSpec; title: string }) => void {
  const { openTab } = useWorkspace();
  const { id: connectionId } = useCurrentConnection();
  return useCallback(({ runId, spec, title }) => void openTab({ kind: 'chart', title: spec.title ?? title, params: { runId, chart: spec }, connectionId }), [openTab, connectionId]);
}
