import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BigNumbers } from '../../charts/BigNumbers.tsx';
import { Chart } from '../../charts/Chart.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ToolButton } from '../../ui/Toolbar.tsx';
import type { ChartWindow } from '../../../shared/contract/charts.ts';
import type { ChartTile } from '../../../shared/contract/dashboards.ts';
import { useChartData, useSuggested } from '../charts/useChart.ts';
import { useResult } from '../results/useResult.ts';

interface Props {
  tile: ChartTile;
  running: boolean;
  /** px of the tile. */
  width: number;
  onRefresh(): void;
}

/** The chart of the tile's last result, or why there is none. */
export function TileChart({ tile, running, width, onRefresh }: Props) {
  const { t } = useTranslation('dashboards');
  const { state, error, reopen } = useResult(tile.runId);
  const complete = state?.state === 'complete';
  const suggested = useSuggested(tile.runId ?? '', state?.columns ?? NONE, complete && tile.runId !== undefined, tile.chart);
  const [zoom, setZoom] = useState<ChartWindow>();
  const { data, spec, error: failed, retry } = useChartData(tile.runId, undefined, suggested.spec, zoom, width, complete);
  const refresh = !running && <ToolButton onClick={onRefresh}>{t('refresh')}</ToolButton>;
  if (!tile.runId) return <EmptyState title={t(running ? 'running' : 'notRun')}>{refresh}</EmptyState>;
  if (error?.code === 'NotFound' || error?.code === 'Conflict') return <EmptyState title={t('gone')} text={t('goneText')}>{refresh}</EmptyState>;
  if (error) return <ErrorNotice error={error} onRetry={reopen} />;
  if (state?.state === 'evicted')
    return (
      <EmptyState title={t('evicted')}>
        <ToolButton onClick={reopen}>{t('readAgain')}</ToolButton>
      </EmptyState>
    );
  if (state?.state === 'failed' && state.error) return <ErrorNotice error={state.error} onRetry={reopen} />;
  if (suggested.error) return <ErrorNotice error={suggested.error} />;
  if (failed) return <ErrorNotice error={failed} onRetry={retry} />;
  if (!data || !spec) return <EmptyState title={t('reading')} />;
  if (spec.kind === 'number') return <BigNumbers data={data} spec={spec} label={tile.title} />;
  if (data.rows === 0) return <EmptyState title={t('noRows')} />;
  return <Chart data={data} spec={spec} label={tile.title} window={zoom} onZoom={setZoom} />;
}

const NONE: never[] = [];
