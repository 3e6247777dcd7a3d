import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { useWorkspace } from '../../app/workspace.tsx';
import type { Dashboard } from '../../../shared/contract/dashboards.ts';

export const LIST = ['dashboards'];

/** The dashboards there are, and opening one in a tab. */
export function useDashboards() {
  const client = useClient();
  const list = useQuery({ queryKey: LIST, queryFn: ({ signal }) => client.dashboards.list(undefined, { signal }), staleTime: Infinity });
  return { list: list.data, error: list.error, retry: () => void list.refetch() };
}

export function useOpenDashboard(): (dashboard: { id: string; name: string }) => void {
  const { openTab } = useWorkspace();
  // Its tiles have connections of their own; the tab itself needs none.
  return useCallback(({ id, name }) => void openTab({ kind: 'dashboard', title: name, params: { dashboardId: id }, connectionId: 'local', id: `dashboard ${id}` }), [openTab]);
}

/** Making, saving, removing: the list follows. */
export function useDashboardActions() {
  const client = useClient();
  const cache = useQueryClient();
  const messages = useMessages();
  const { t } = useTranslation('dashboards');
  const open = useOpenDashboard();
  const { closeTab } = useWorkspace();
  return useMemo(() => {
    const changed = () => cache.invalidateQueries({ queryKey: LIST });
    const save = async (dashboard: Dashboard) => {
      cache.setQueryData([...LIST, dashboard.id], dashboard);
      await client.dashboards.save(dashboard);
      await changed();
    };
    const create = async (name: string, tiles: Dashboard['tiles'] = [], parameters?: Dashboard['parameters']): Promise<Dashboard> => {
      const made: Dashboard = { id: crypto.randomUUID(), name, tiles, parameters, refreshMinutes: 0 };
      await save(made);
      open(made);
      return made;
    };
    const remove = async (dashboard: Dashboard) => {
      await client.dashboards.remove({ id: dashboard.id });
      closeTab(`dashboard ${dashboard.id}`);
      await changed();
      messages.notify(t('removed', { name: dashboard.name }), 'info', { label: t('takeBack'), run: () => void save(dashboard).then(() => open(dashboard), messages.error) });
    };
    const importText = async (text: string) => {
      const made = await client.dashboards.import({ text });
      await changed();
      open(made);
    };
    return { save, create, remove, importText };
  }, [client, cache, messages, t, open, closeTab]);
}
