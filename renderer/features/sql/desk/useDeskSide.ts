import { useCallback, useMemo, useState, type RefObject } from 'react';
import { useClient } from '../../../app/clientContext.tsx';
import { useMessages } from '../../../app/messages.tsx';
import { engineProblems } from '../../../editor/problems/engineProblems.ts';
import type { SqlEditorHandle } from '../../../editor/SqlEditor.tsx';
import { useOpenRun } from '../../history/useOpenRun.ts';
import { useDeskTables } from './useDesk.ts';
import { useDeskCompletion } from './useDeskCompletion.ts';

/** What a SQL tab needs of DuckDB on this desk: its tables, completion, marks, and where a table's name leads. */
export function useDeskSide(enabled: boolean, editor: RefObject<SqlEditorHandle | null>) {
  const client = useClient();
  const messages = useMessages();
  const openRun = useOpenRun();
  const tables = useDeskTables(enabled);
  const completion = useDeskCompletion(tables, enabled);
  const [opened, onOpened] = useState(false);
  const problems = useMemo(() => engineProblems((sql) => client.desk.problem({ sql })), [client]);
  const onInsert = useCallback((name: string) => editor.current?.insert(name), [editor]);
  /** A result leads to its run; a file has no screen of its own. */
  const openTable = useCallback(
    (schema: string, name: string) => {
      const result = schema === 'results' ? tables?.results.find((one) => one.name === name) : undefined;
      if (result) client.runs.get({ id: result.runId }).then(openRun).catch(messages.error);
      else onOpened(true);
    },
    [client, messages, openRun, tables],
  );
  const toolbar = useMemo(() => ({ tables, opened, onOpened, onInsert }), [tables, opened, onInsert]);
  return { toolbar, completion, problems, openTable };
}
