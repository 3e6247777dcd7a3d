import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import type { Tab } from '../../app/workspace.tsx';
import { useTranslation } from 'react-i18next';
import { DashboardView } from './DashboardView.tsx';
import { useDashboard } from './useDashboard.ts';

/** A dashboard in a tab: `{ dashboardId }`. */
export default function DashboardTab({ tab }: { tab: Tab }) {
  const { t } = useTranslation('dashboards');
  const { dashboard, error, retry, change } = useDashboard(String(tab.params.dashboardId ?? ''));
  if (error) return <ErrorNotice error={error} onRetry={retry} />;
  if (!dashboard) return <EmptyState title={t('reading')} />;
  return <DashboardView tabId={tab.id} dashboard={dashboard} change={change} />;
}
