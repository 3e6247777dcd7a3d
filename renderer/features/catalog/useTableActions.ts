import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { useOpenTabs } from '../../app/openTabs.ts';
import { useWorkspace } from '../../app/workspace.tsx';
import { copyText } from '../../ui/clipboard.ts';
import type { RedshiftTarget } from '../../../shared/contract/redshift.ts';
import { insertIntoEditor } from '../sql/activeEditor.ts';
import { placeOf, previewSql, sqlName, type TableName } from './names.ts';

/** What can be done with a table, from the tree and from its own tab. */
export function useTableActions() {
  const { t } = useTranslation('catalog');
  const client = useClient();
  const messages = useMessages();
  const { id: connectionId } = useCurrentConnection();
  const { openTab } = useWorkspace();
  const { openObjects, openSql, openTable } = useOpenTabs();
  return useMemo(() => {
    const inNewTab = (title: string, sql: string, name: TableName, run: boolean) =>
      openTab({ kind: 'sql', title, connectionId, params: { sql, run, catalog: name.catalog, database: name.database } });
    return {
      open: (name: TableName) => openTable(name.database, name.table, name.catalog),
      preview: (name: TableName) => inNewTab(`${name.table}.sql`, previewSql(name), name, true),
      query: (name: TableName) => inNewTab(`${name.table}.sql`, `SELECT *\nFROM ${sqlName(name)}\nLIMIT 100;\n`, name, false),
      /** A tab of Redshift's; without a place its form asks for one. */
      queryRedshift: (target?: RedshiftTarget, sql = '', table?: string) => openTab({ kind: 'sql', title: table ? `${table}.sql` : t('redshift.title'), connectionId, params: { engine: 'redshift', ...(target ? { target } : {}), ...(sql ? { sql } : {}) } }),
      openLocation(name: TableName) {
        client.catalog
          .table({ connectionId, ...name })
          .then(({ location }) => {
            const place = placeOf(location);
            if (place) openObjects(place);
            else messages.notify(t('noLocation', { table: name.table }), 'warning');
          })
          .catch(messages.error);
      },
      showDdl: (name: TableName) =>
        openTab({
          kind: 'table',
          title: name.table,
          connectionId,
          id: `table ${connectionId} ${name.catalog}.${name.database}.${name.table}`,
          params: { ...name, part: 'ddl' },
        }),
      copyName: (name: string) => void copyText(name).then(() => messages.notify(t('copied', { name }), 'success')),
      insert(text: string) {
        if (!insertIntoEditor(text)) void openSql(text);
      },
    };
  }, [client, connectionId, messages, openObjects, openSql, openTab, openTable, t]);
}
