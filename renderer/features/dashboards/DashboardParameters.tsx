import { useTranslation } from 'react-i18next';
import type { Dashboard } from '../../../shared/contract/dashboards.ts';
import { shownParameter } from '../../../shared/sql/parameters.ts';
import { ParametersBar } from '../sql/parameters/ParametersBar.tsx';
import { fieldsOf, valuesFor, withValue } from './tileQueries.ts';
import type { OpenDashboard } from './useDashboard.ts';

interface Props {
  dashboard: Dashboard;
  change: OpenDashboard['change'];
  /** Enter in a field: the tiles that use it, by id. */
  onRefresh(ids: string[]): void;
}

/** The values of the tiles' `:name` and `?`, saved with the dashboard; a name is one field however many tiles use it. */
export function DashboardParameters({ dashboard, change, onRefresh }: Props) {
  const { t } = useTranslation('dashboards');
  const fields = fieldsOf(dashboard.tiles);
  return (
    <ParametersBar
      fields={fields.map(({ key, name, tile }) => ({ key, label: `${tile ? `${tile.title || t('tile.untitled')} ` : ''}${shownParameter(name)}`, value: tile ? valuesFor(tile, undefined)[name] : dashboard.parameters?.[name] }))}
      onChange={(key, value) => {
        const field = fields.find((one) => one.key === key);
        if (field) change((before) => withValue(before, field, value));
      }}
      onRun={(key) => onRefresh(dashboard.tiles.filter((tile) => fieldsOf([tile]).some((field) => field.key === key)).map(({ id }) => id))}
    />
  );
}
