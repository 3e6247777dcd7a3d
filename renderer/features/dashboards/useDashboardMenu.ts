import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { useWorkspace } from '../../app/workspace.tsx';
import type { MenuEntry } from '../../ui/ContextMenu.tsx';
import { usePrompt } from '../../ui/prompt.tsx';
import { safeFileName, saveBlob } from '../../ui/saveBlob.ts';
import type { Dashboard } from '../../../shared/contract/dashboards.ts';
import type { OpenDashboard } from './useDashboard.ts';
import { useDashboardPrompts } from './useDashboardPrompts.ts';
import { useDashboardActions } from './useDashboards.ts';

/** Rename, duplicate, export, import, delete. */
export function useDashboardMenu(dashboard: Dashboard, change: OpenDashboard['change']): (Exclude<MenuEntry, 'separator'> & { id: string })[] {
  const { t } = useTranslation('dashboards');
  const client = useClient();
  const messages = useMessages();
  const prompt = usePrompt();
  const { updateTab } = useWorkspace();
  const { create, remove } = useDashboardActions();
  const { importFile } = useDashboardPrompts();
  const rename = () =>
    prompt({
      title: t('rename'),
      label: t('name'),
      action: t('rename'),
      initial: dashboard.name,
      submit: async (name) => {
        change((before) => ({ ...before, name }));
        updateTab(`dashboard ${dashboard.id}`, { title: name });
      },
    });
  const duplicate = () => void create(t('copyOf', { name: dashboard.name }), dashboard.tiles.map((tile) => ({ ...tile, id: crypto.randomUUID() })), dashboard.parameters).catch(messages.error);
  // What was changed a moment ago is saved first.
  const exportFile = () =>
    void client.dashboards
      .save(dashboard)
      .then(() => client.dashboards.export({ id: dashboard.id }))
      .then(({ text }) => saveBlob(new Blob([text], { type: 'application/json' }), safeFileName(dashboard.name, 'json')))
      .catch(messages.error);
  return [
    { id: 'rename', label: t('rename'), run: rename },
    { id: 'duplicate', label: t('duplicate'), run: duplicate },
    { id: 'export', label: t('export'), run: exportFile },
    { id: 'importHere', label: t('import'), run: importFile },
    { id: 'delete', label: t('delete'), danger: true, run: () => void remove(dashboard).catch(messages.error) },
  ];
}
