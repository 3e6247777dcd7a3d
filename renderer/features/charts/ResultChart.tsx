import type { ComponentProps } from 'react';
import { ChartPane } from './ChartPane.tsx';
import { useOpenChart } from './useOpenChart.ts';
import { useAddToDashboard } from '../dashboards/useAddToDashboard.ts';

type Props = Omit<ComponentProps<typeof ChartPane>, 'onOpenTab' | 'onAddToDashboard'>;

/** The chart of a query's result, and where else it can go. */
export function ResultChart(props: Props) {
  const openChart = useOpenChart();
  const addToDashboard = useAddToDashboard();
  const { runId, name } = props;
  return <ChartPane {...props} onOpenTab={(spec) => openChart({ runId, spec, title: name })} onAddToDashboard={(spec) => addToDashboard({ runId, spec, title: spec.title ?? name })} />;
}
