import { useTranslation } from 'react-i18next';
import { useWorkspace, type Tab } from '../../app/workspace.tsx';
import { readSpec } from '../../../shared/charts/spec.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ToolButton } from '../../ui/Toolbar.tsx';
import { useResult } from '../results/useResult.ts';
import { useAddToDashboard } from '../dashboards/useAddToDashboard.ts';
import { ChartPane } from './ChartPane.tsx';
import tabStyles from './chartTab.module.css';

/** A chart of a stored result in a tab of its own: `{ runId, chart }`. */
export default function ChartTab({ tab }: { tab: Tab }) {
  const { t } = useTranslation('results');
  const { updateTab } = useWorkspace();
  const runId = typeof tab.params.runId === 'string' ? tab.params.runId : undefined;
  const { state, error, reopen } = useResult(runId);
  const addToDashboard = useAddToDashboard();
  if (!runId) return <EmptyState title={t('evicted.title')} />;
  if (error) return <ErrorNotice error={error} onRetry={reopen} />;
  if (!state) return <EmptyState title={t('opening')} />;
  if (state.state === 'failed' && state.error) return <ErrorNotice error={state.error} onRetry={reopen} />;
  if (state.state === 'evicted')
    return (
      <EmptyState title={t('evicted.title')} text={t('evicted.text')}>
        <ToolButton onClick={reopen}>{t('evicted.reopen')}</ToolButton>
      </EmptyState>
    );
  return (
    <div className={tabStyles.tab}>
      <ChartPane runId={runId} columns={state.columns} complete={state.state === 'complete'} chosen={readSpec(tab.params.chart)} onChoose={(chart) => updateTab(tab.id, { title: chart.title ?? tab.title, params: { ...tab.params, chart } })} name={tab.title} onAddToDashboard={(spec) => addToDashboard({ runId, spec, title: spec.title ?? tab.title })} />
    </div>
  );
}
