import { useTranslation } from 'react-i18next';
import { useCommands } from '../../app/commands.tsx';
import { AddToDashboard } from './AddToDashboard.tsx';
import { useDashboardPrompts } from './useDashboardPrompts.ts';
import { useDashboards, useOpenDashboard } from './useDashboards.ts';

/** Dashboards in the palette, and the question which one a chart goes on. */
export default function DashboardCommands() {
  const { t } = useTranslation('dashboards');
  const { list } = useDashboards();
  const open = useOpenDashboard();
  const { makeNew, makeSample, importFile } = useDashboardPrompts();
  const group = t('title');
  useCommands([
    { id: 'dashboards.new', title: t('new'), group, run: makeNew },
    { id: 'dashboards.sample', title: t('makeSample'), group, run: makeSample },
    { id: 'dashboards.import', title: t('import'), group, run: importFile },
    ...(list ?? []).map((dashboard) => ({ id: `dashboards.open.${dashboard.id}`, title: t('openNamed', { name: dashboard.name }), group, run: () => open(dashboard) })),
  ]);
  return <AddToDashboard />;
}
