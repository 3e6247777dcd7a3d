import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskFile, DeskResult } from '../../../../shared/contract/desk.ts';
import { useClient } from '../../../app/clientContext.tsx';
import { useMessages } from '../../../app/messages.tsx';
import { useFolderChooser } from '../../../ui/FolderChooser.tsx';

const KEY = ['desk', 'tables'];
const refreshMillis = 30_000;

export interface DeskTables {
  files: DeskFile[];
  results: DeskResult[];
}

/** Files and results that DuckDB on this desk can read; read anew after each statement and once in a while. */
export function useDeskTables(enabled: boolean): DeskTables | undefined {
  const client = useClient();
  return useQuery({ queryKey: KEY, queryFn: () => client.desk.tables(), enabled, refetchInterval: refreshMillis }).data;
}

/** Adding and taking away what statements may read: by the host's own dialog, or the chooser over the backend's disk. */
export function useDeskFiles() {
  const { t } = useTranslation('sql');
  const client = useClient();
  const cache = useQueryClient();
  const messages = useMessages();
  const chooseHere = useFolderChooser();
  const changed = useCallback(() => cache.invalidateQueries({ queryKey: KEY }), [cache]);

  const add = useCallback(
    async (what: 'files' | 'folder') => {
      const grants = window.secchi
        ? ((await client.app.choose({ what: what === 'files' ? 'openFiles' : 'openFolder' })) ?? []).map(({ grant }) => grant)
        : [await chooseHere(t(`desk.choose.${what}`), what === 'files' ? 'file' : 'folder')].filter((grant) => grant !== null);
      const files: DeskFile[] = [];
      for (const grant of grants) files.push(await client.desk.add({ grant }));
      if (files.length > 0) await changed();
      return files;
    },
    [client, chooseHere, changed, t],
  );

  return {
    /** Answers with what was added; a failure is told. */
    add: useCallback((what: 'files' | 'folder') => add(what).catch((error: unknown): DeskFile[] => (messages.error(error), [])), [add, messages]),
    remove: useCallback((file: DeskFile) => client.desk.remove({ id: file.id }).then(changed, messages.error), [client, changed, messages]),
    rename: useCallback((file: DeskFile, name: string) => client.desk.rename({ id: file.id, name }).then(changed, messages.error), [client, changed, messages]),
  };
}
