import { IconFolderOpen, IconPlayerPlay, IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCommands } from '../../app/commands.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { useWorkspace, type Tab } from '../../app/workspace.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Chip, ToolButton, Toolbar, ToolbarSpace } from '../../ui/Toolbar.tsx';
import { TableFiles } from '../lakePaths/TableFiles.tsx';
import styles from './catalog.module.css';
import { ColumnList } from './ColumnList.tsx';
import { placeOf, sqlName, type TableName } from './names.ts';
import { Partitions } from './Partitions.tsx';
import { TableDdl } from './TableDdl.tsx';
import { TableHistory } from './TableHistory.tsx';
import { TableOverview } from './TableOverview.tsx';
import { kindNames } from './treeItems.tsx';
import { useTableActions } from './useTableActions.ts';

const parts = ['overview', 'columns', 'partitions', 'files', 'ddl', 'history'] as const;
type Part = (typeof parts)[number];

const text = (value: unknown, otherwise: string): string => (typeof value === 'string' && value ? value : otherwise);

/** A table or view: what it is, its columns, its partitions, its statement, its past. */
export default function TableTab({ tab }: { tab: Tab }) {
  const { t } = useTranslation('catalog');
  const client = useClient();
  const { id: connectionId } = useCurrentConnection();
  const { updateTab } = useWorkspace();
  const actions = useTableActions();
  const name: TableName = { catalog: text(tab.params.catalog, 'AwsDataCatalog'), database: text(tab.params.database, 'default'), table: text(tab.params.table, tab.title) };
  const wanted = text(tab.params.part, 'overview') as Part;
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['table', connectionId, name.catalog, name.database, name.table],
    queryFn: () => client.catalog.table({ connectionId, ...name }),
  });
  const shownParts = parts.filter((part) => (part !== 'partitions' || (data?.partitionKeys.length ?? 0) > 0) && (part !== 'files' || placeOf(data?.location) !== null));
  const part = shownParts.includes(wanted) ? wanted : 'overview';
  const show = (next: Part) => updateTab(tab.id, { params: { ...tab.params, part: next } });
  useCommands([
    { id: 'table.preview', title: t('preview'), keys: 'mod+enter', group: t('catalog'), run: () => actions.preview(name) },
    { id: 'table.query', title: t('query'), group: t('catalog'), run: () => actions.query(name) },
    { id: 'table.location', title: t('openLocation'), group: t('catalog'), run: () => actions.openLocation(name) },
  ]);
  return (
    <div className={styles.tab}>
      <Toolbar label={t('tableToolbar')}>
        <ToolButton primary icon={<IconPlayerPlay size={14} aria-hidden />} keys="mod+enter" onClick={() => actions.preview(name)}>
          {t('preview')}
        </ToolButton>
        <ToolButton onClick={() => actions.query(name)}>{t('query')}</ToolButton>
        <ToolButton icon={<IconFolderOpen size={14} aria-hidden />} disabled={!placeOf(data?.location)} title={data && !placeOf(data.location) ? t('viewHasNoLocation') : undefined} onClick={() => actions.openLocation(name)}>
          {t('openLocation')}
        </ToolButton>
        <span className={`mono ellipsis ${styles.fullName}`}>{sqlName(name)}</span>
        {data && data.kind !== 'table' && <Chip tone="accent">{kindNames[data.kind]}</Chip>}
        <ToolbarSpace />
        <IconButton label={t('refresh')} disabled={isFetching} onClick={() => void refetch()}>
          <IconRefresh size={16} stroke={1.6} />
        </IconButton>
      </Toolbar>
      <div role="tablist" aria-label={t('parts')} className={styles.parts}>
        {shownParts.map((one, index) => (
          <button
            key={one}
            type="button"
            role="tab"
            aria-selected={one === part}
            tabIndex={one === part ? 0 : -1}
            className={styles.part}
            onClick={() => show(one)}
            onKeyDown={(event) => {
              const next = shownParts[index + (event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0)];
              if (!next || next === one) return;
              show(next);
              const sibling = event.key === 'ArrowRight' ? event.currentTarget.nextElementSibling : event.currentTarget.previousElementSibling;
              if (sibling instanceof HTMLElement) sibling.focus();
            }}
          >
            {t(`part.${one}`)}
            {one === 'columns' && data && <span className={styles.count}>{data.columns.length + data.partitionKeys.length}</span>}
          </button>
        ))}
      </div>
      <div className={styles.body} role="tabpanel" aria-label={t(`part.${part}`)}>
        {error ? (
          <ErrorNotice error={toAppError(error)} onRetry={() => void refetch()} />
        ) : !data ? (
          <EmptyState title={t('reading')} />
        ) : part === 'overview' ? (
          <TableOverview table={data} />
        ) : part === 'columns' ? (
          <ColumnList columns={data.columns} partitionKeys={data.partitionKeys} />
        ) : part === 'partitions' ? (
          <Partitions name={name} keys={data.partitionKeys} />
        ) : part === 'files' ? (
          <TableFiles name={name} />
        ) : part === 'ddl' ? (
          <TableDdl id={tab.id} ddl={data.ddl} onOpen={() => actions.insert(data.ddl)} />
        ) : (
          <TableHistory name={name} />
        )}
      </div>
    </div>
  );
}
