import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { useWorkspace } from '../../app/workspace.tsx';
import type { SavedQuery, SharedQuery } from '../../../shared/contract/savedQueries.ts';
import { fileNameOf, fromSqlFile, toSqlFile } from '../../../shared/sql/queryFiles.ts';

const KEY = ['savedQueries'];

/** Saved queries of this computer, and what can be done with them. */
export function useSavedQueries() {
  const { t } = useTranslation('saved');
  const client = useClient();
  const cache = useQueryClient();
  const messages = useMessages();
  const { id: connectionId } = useCurrentConnection();
  const { openTab, tabs } = useWorkspace();
  const list = useQuery({ queryKey: KEY, queryFn: () => client.savedQueries.list() });
  const changed = useCallback(() => cache.invalidateQueries({ queryKey: KEY }), [cache]);

  const open = useCallback(
    async (query: Pick<SavedQuery, 'id' | 'name' | 'sql' | 'engine' | 'target' | 'catalog' | 'database' | 'workgroup' | 'values'>, kept = true) => {
      const id = `saved ${query.id}`;
      const params = { engine: query.engine, target: query.target, workgroup: query.workgroup, catalog: query.catalog, database: query.database, values: query.values ?? {}, ...(kept ? { savedId: query.id } : {}) };
      const there = tabs.find((tab) => tab.id === id);
      // A tab that is open keeps what was changed in it.
      if (!there) await client.workspace.saveText({ tabId: id, text: query.sql }).catch(messages.error);
      openTab({ id, kind: 'sql', title: `${query.name}.sql`, connectionId: there?.connectionId ?? connectionId, params: there?.params ?? params });
    },
    [client, messages, openTab, tabs, connectionId],
  );

  const importFiles = useCallback(
    async (files: Iterable<File>) => {
      let count = 0;
      try {
        for (const file of files) {
          for (const query of fromSqlFile(file.name, await file.text())) {
            await client.savedQueries.save({ id: crypto.randomUUID(), ...query, name: query.name.slice(0, 200), folder: query.folder.slice(0, 500), tags: query.tags.slice(0, 30).map((tag) => tag.slice(0, 50)) });
            count += 1;
          }
        }
      } catch (error) {
        messages.error(error);
      }
      await changed();
      messages.notify(t('imported', { count }), count > 0 ? 'success' : 'warning');
    },
    [client, changed, messages, t],
  );

  const remove = useCallback((query: SavedQuery) => client.savedQueries.remove({ ids: [query.id] }).then(changed, messages.error), [client, changed, messages]);
  return { list, open, importFiles, remove, changed };
}

/** Gives a text to the browser as a file. */
export function downloadText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/sql' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export const exportQueries = (name: string, queries: readonly SavedQuery[]): void => downloadText(fileNameOf(name), toSqlFile(queries));

/** A query of the workgroup as one to be opened; it is not one of this computer's. */
export const openable = ({ kind, id, name, sql, database, workgroup }: SharedQuery) => ({ id: `${kind} ${workgroup} ${id}`, name, sql, database, workgroup });
