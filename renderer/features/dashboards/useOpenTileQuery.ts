import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { useWorkspace } from '../../app/workspace.tsx';
import type { ChartTile, Dashboard } from '../../../shared/contract/dashboards.ts';

/** Opens the query behind a tile in a SQL tab, with its stored result and its chart. */
export function useOpenTileQuery({ parameters }: Dashboard): (tile: ChartTile) => void {
  const { t } = useTranslation('dashboards');
  const client = useClient();
  const messages = useMessages();
  const { openTab } = useWorkspace();
  return useCallback(
    ({ title, query, chart, runId }) => {
      const id = crypto.randomUUID();
      const { connectionId, sql, values, ...place } = query;
      client.workspace
        .saveText({ tabId: id, text: sql })
        .then(() => openTab({ id, kind: 'sql', title: title || t('tile.untitled'), connectionId, params: { ...place, values: { ...parameters, ...values }, runIds: runId ? [runId] : [], resultView: 'chart', chart } }))
        .catch(messages.error);
    },
    [client, messages, openTab, parameters, t],
  );
}
