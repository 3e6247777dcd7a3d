import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { useWorkspace, type Tab } from '../../app/workspace.tsx';
import type { SqlEditorHandle } from '../../editor/SqlEditor.tsx';
import type { SavedQuery } from '../../../shared/contract/savedQueries.ts';
import { SaveDialog } from '../saved/SaveDialog.tsx';
import type { SqlParams } from './sqlParams.ts';

interface Options {
  tab: Tab;
  editor: RefObject<SqlEditorHandle | null>;
  params: SqlParams;
  change(part: Partial<SqlParams>): void;
}

/** Save: a tab of a saved query writes it back; another asks once for a name and a place. */
export function useSave({ tab, editor, params, change }: Options): { save(): void; saveAs(): void; dialog: ReactNode } {
  const { t } = useTranslation('saved');
  const client = useClient();
  const cache = useQueryClient();
  const messages = useMessages();
  const { updateTab } = useWorkspace();
  const { data: all = [] } = useQuery({ queryKey: ['savedQueries'], queryFn: () => client.savedQueries.list() });
  const known = all.find(({ id }) => id === params.savedId);
  const [draft, setDraft] = useState<Parameters<typeof SaveDialog>[0]['draft'] | null>(null);
  const drafted = () => {
    const { engine, target, catalog, database, workgroup, values } = params;
    return { sql: editor.current?.text() ?? '', name: tab.title.replace(/\.sql$/i, ''), folder: '', tags: [], ...known, engine, target, catalog, database, workgroup, values, id: known?.id };
  };
  const saved = ({ id, name }: SavedQuery) => {
    change({ savedId: id });
    updateTab(tab.id, { title: `${name}.sql` });
    messages.notify(t('saved', { name }), 'success');
  };
  const saveAs = () => setDraft({ ...drafted(), sql: editor.current?.text() ?? '', id: undefined });
  const save = () => {
    if (!known) return setDraft({ ...drafted(), sql: editor.current?.text() ?? '' });
    client.savedQueries
      .save({ ...drafted(), id: known.id, sql: editor.current?.text() ?? '' })
      .then(({ name }) => {
        messages.notify(t('saved', { name }), 'success');
        return cache.invalidateQueries({ queryKey: ['savedQueries'] });
      })
      .catch(messages.error);
  };
  return { save, saveAs, dialog: draft && <SaveDialog draft={draft} onClose={() => setDraft(null)} onSaved={saved} /> };
}
