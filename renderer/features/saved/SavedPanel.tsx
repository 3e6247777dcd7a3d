import { IconDownload, IconFileImport, IconFolder, IconPencil, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { useMessages } from '../../app/messages.tsx';
import { PanelActions } from '../../app/panelActions.tsx';
import { useWorkspace } from '../../app/workspace.tsx';
import { useConfirm } from '../../ui/confirm.tsx';
import { ContextMenu, type MenuEntry } from '../../ui/ContextMenu.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { FilterField } from '../../ui/FilterField.tsx';
import { formatDate } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import type { SavedQuery, SharedQuery } from '../../../shared/contract/savedQueries.ts';
import { SaveDialog } from './SaveDialog.tsx';
import { savedRows, type SavedRow } from './savedRows.ts';
import styles from './saved.module.css';
import { exportQueries, openable, useSavedQueries } from './useSavedQueries.ts';
import { tabWorkgroups } from './tabWorkgroups.ts';

/** Queries kept on this computer, by folder; below them those that Athena keeps for the workgroups of the tabs. Enter opens one. */
export default function SavedPanel() {
  const { t } = useTranslation('saved');
  const client = useClient();
  const cache = useQueryClient();
  const messages = useMessages();
  const confirm = useConfirm();
  const connection = useCurrentConnection();
  const { list, open, importFiles, remove } = useSavedQueries();
  const { tabs } = useWorkspace();
  const workgroups = tabWorkgroups(tabs, connection.id);
  const shared = useQueries({
    queries: workgroups.map((workgroup) => ({ queryKey: ['sharedQueries', connection.id, workgroup], queryFn: ({ signal }: { signal: AbortSignal }) => client.savedQueries.shared({ connectionId: connection.id, workgroup }, { signal }) })),
    combine: (answers) => ({
      queries: answers.flatMap(({ data }) => data?.queries ?? []),
      denied: [...new Set(answers.flatMap(({ data }) => data?.denied ?? []))],
      error: answers.find(({ error }) => error)?.error,
      refetch: () => answers.forEach((answer) => void answer.refetch()),
    }),
  });
  const [typed, setTyped] = useState('');
  const wanted = useDeferredValue(typed.trim().toLowerCase());
  const [chosen, setChosen] = useState(0);
  const [menuAt, setMenuAt] = useState<{ x: number; y: number; row: SavedRow } | null>(null);
  const [editing, setEditing] = useState<SavedQuery | null>(null);
  const files = useRef<HTMLInputElement>(null);
  const rows = useMemo(() => savedRows(list.data ?? [], shared.queries, wanted), [list.data, shared.queries, wanted]);

  const openRow = (row: SavedRow | undefined) => row && void (row.kind === 'here' ? open(row.query) : open(openable(row.query), false));
  const removeRow = async (row: SavedRow) => {
    if (!(await confirm({ title: t('removeTitle', { name: row.query.name }), body: t('removeText'), action: t('remove'), danger: true, ...(row.kind === 'shared' ? { connection } : {}) }))) return;
    if (row.kind === 'here') return remove(row.query);
    const { kind, id, workgroup } = row.query;
    await client.savedQueries.unshare({ connectionId: connection.id, workgroup, kind, id }).then(() => cache.invalidateQueries({ queryKey: ['sharedQueries'] }), messages.error);
  };
  const entries = (row: SavedRow): MenuEntry[] => [
    { label: t('open'), icon: <IconPlayerPlay size={15} />, run: () => openRow(row) },
    ...(row.kind === 'here'
      ? [
          { label: t('edit'), icon: <IconPencil size={15} />, run: () => setEditing(row.query) },
          { label: t('export'), icon: <IconDownload size={15} />, run: () => exportQueries(row.query.name, [row.query]) },
        ]
      : []),
    'separator' as const,
    { label: t('remove'), icon: <IconTrash size={15} />, danger: true, run: () => void removeRow(row) },
  ];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows[chosen];
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -rows.length, End: rows.length }[event.key];
    if (step !== undefined) setChosen(Math.max(0, Math.min(rows.length - 1, chosen + step)));
    else if (event.key === 'Enter') openRow(row);
    else if (event.key === 'Delete' && row) void removeRow(row);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <PanelActions>
        <div className={styles.actions}>
          <div className={styles.filter}>
            <FilterField label={t('filter')} value={typed} onChange={setTyped} />
          </div>
          <IconButton label={t('import')} onClick={() => files.current?.click()}>
            <IconFileImport size={16} />
          </IconButton>
          <IconButton label={t('exportAll')} disabled={!list.data?.length} onClick={() => exportQueries('saved queries', list.data ?? [])}>
            <IconDownload size={16} />
          </IconButton>
          <input ref={files} type="file" accept=".sql,text/plain" multiple hidden aria-label={t('import')} onChange={(event) => void importFiles([...(event.currentTarget.files ?? [])])} />
        </div>
      </PanelActions>
      {list.error && <ErrorNotice error={toAppError(list.error)} onRetry={() => void list.refetch()} />}
      {shared.error && <ErrorNotice error={toAppError(shared.error)} onRetry={shared.refetch} />}
      {rows.length === 0 && list.data && <EmptyState icon={<IconFolder size={24} stroke={1.4} />} title={t(wanted ? 'nothingFound' : 'empty')} text={wanted ? undefined : t('emptyText')} />}
      {rows.length > 0 && (
        <div role="listbox" aria-label={t('list')} aria-activedescendant={`saved-${chosen}`} tabIndex={0} className={styles.list} onKeyDown={onKeyDown}>
          {rows.map((row, at) => (
            <Row key={row.key} row={row} at={at} heading={rows[at - 1]?.group === row.group ? undefined : row.group} chosen={at === chosen} onChoose={() => setChosen(at)} onOpen={() => openRow(row)} onMenu={(x, y) => setMenuAt({ x, y, row })} />
          ))}
        </div>
      )}
      {shared.denied.map((action) => <p key={action} className={styles.note}>{t('denied', { action })}</p>)}
      <ContextMenu at={menuAt} entries={menuAt ? entries(menuAt.row) : []} onClose={() => setMenuAt(null)} />
      {editing && <SaveDialog draft={editing} onClose={() => setEditing(null)} onSaved={() => undefined} />}
    </>
  );
}

interface RowProps {
  row: SavedRow;
  at: number;
  /** The folder or place that begins here. */
  heading: string | undefined;
  chosen: boolean;
  onChoose(): void;
  onOpen(): void;
  onMenu(x: number, y: number): void;
}

function Row({ row, at, heading, chosen, onChoose, onOpen, onMenu }: RowProps) {
  const { t } = useTranslation('saved');
  const { query } = row;
  const about = row.kind === 'here' ? row.query.tags.join(', ') : (row.query as SharedQuery).description;
  return (
    <>
      {heading !== undefined && (
        <div role="presentation" className={styles.heading}>
          {row.kind === 'here' ? heading || t('noFolder') : t(`groups.${row.query.kind}`, { workgroup: row.query.workgroup })}
        </div>
      )}
      <div
        id={`saved-${at}`}
        role="option"
        aria-selected={chosen}
        className={`${styles.row} ${chosen ? styles.chosen : ''}`}
        onClick={onChoose}
        onDoubleClick={onOpen}
        onContextMenu={(event) => {
          event.preventDefault();
          onChoose();
          onMenu(event.clientX, event.clientY);
        }}
      >
        <span>{query.name}</span>
        <span className={styles.quiet}>{about}</span>
        <span className="mono">{query.sql.replace(/\s+/g, ' ').slice(0, 300)}</span>
        <span className={styles.quiet}>{formatDate(query.updatedAt)}</span>
      </div>
    </>
  );
}
