import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { useWorkspace } from '../../app/workspace.tsx';
import type { Run } from '../../../shared/contract/runs.ts';

/** Opens a past run in a SQL tab of its own connection: its text, and its stored result. */
export function useOpenRun(): (run: Run) => Promise<void> {
  const { t } = useTranslation('history');
  const client = useClient();
  const messages = useMessages();
  const { openTab } = useWorkspace();
  return useCallback(
    async (found) => {
      // One that the service alone remembers becomes one of ours: its stored result opens, nothing runs.
      const run = found.id ? found : await client.runs.adopt({ connectionId: found.connectionId, externalId: found.externalId ?? '' }).catch(messages.error);
      if (!run) return;
      const id = `run ${run.id}`;
      const params = { engine: run.engine, target: run.target, workgroup: run.workgroup, catalog: run.catalog, database: run.database, runIds: [run.id] };
      client.workspace
        .loadText({ tabId: id })
        // What was changed in this tab before is kept.
        .then(({ text }) => (text === null ? client.workspace.saveText({ tabId: id, text: run.sql }) : undefined))
        .catch(messages.error)
        .finally(() => openTab({ id, kind: 'sql', title: t('title'), connectionId: run.connectionId, params }));
    },
    [client, messages, openTab, t],
  );
}
