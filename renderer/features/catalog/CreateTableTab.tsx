import { IconAlertTriangle, IconTablePlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCommands } from '../../app/commands.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { useTheme } from '../../app/themeStore.ts';
import { useWorkspace, type Tab } from '../../app/workspace.tsx';
import { LazySqlEditor } from '../../editor/LazySqlEditor.tsx';
import type { SqlEditorHandle } from '../../editor/SqlEditor.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatBytes, formatNumber } from '../../ui/format.ts';
import { ToolButton, Toolbar, ToolbarSpace } from '../../ui/Toolbar.tsx';
import type { InferredTable } from '../../../shared/contract/catalog.ts';
import { ResultLocationPanel } from '../sql/ResultLocationPanel.tsx';
import styles from './catalog.module.css';
import { ColumnEditor } from './ColumnEditor.tsx';
import { previewSql } from './names.ts';
import { rewriteDdl, type TableShape } from './rewriteDdl.ts';
import { useCreateTable } from './useCreateTable.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** From files to a table: what was read of them, the columns to be, and the statement that Create runs. */
export default function CreateTableTab({ tab }: { tab: Tab }) {
  const { t } = useTranslation('catalog');
  const client = useClient();
  const { id: connectionId } = useCurrentConnection();
  const place = { bucket: text(tab.params.bucket), prefix: text(tab.params.prefix) };
  const { data, error, refetch } = useQuery({
    queryKey: ['infer', connectionId, place.bucket, place.prefix],
    queryFn: () => client.catalog.infer({ connectionId, ...place }),
    staleTime: Infinity,
  });
  if (error) return <ErrorNotice error={toAppError(error)} onRetry={() => void refetch()} />;
  if (!data) return <EmptyState title={t('inferring')} text={`s3://${place.bucket}/${place.prefix}`} />;
  return <Form tab={tab} inferred={data} connectionId={connectionId} />;
}

function Form({ tab, inferred, connectionId }: { tab: Tab; inferred: InferredTable; connectionId: string }) {
  const { t } = useTranslation('catalog');
  const client = useClient();
  const theme = useTheme();
  const { openTab, closeTab } = useWorkspace();
  const databases = useQuery({ queryKey: ['databases', connectionId], queryFn: () => client.catalog.databases({ connectionId, max: 1000 }) });
  const [shape, setShape] = useState<TableShape>({ database: 'default', table: inferred.suggestedName, columns: inferred.columns, partitionKeys: inferred.partitionKeys });
  const [byHand, setByHand] = useState(false);
  const editor = useRef<SqlEditorHandle>(null);
  const [initialDdl] = useState(() => rewriteDdl(inferred.ddl, shape));
  const fromForm = useRef(initialDdl);
  const { state, create } = useCreateTable();
  const busy = state.step === 'creating' || state.step === 'partitions';

  const change = (part: Partial<TableShape>) => {
    const next = { ...shape, ...part };
    setShape(next);
    setByHand(false);
    fromForm.current = rewriteDdl(inferred.ddl, next);
    editor.current?.replace(fromForm.current);
  };
  const submit = (outputLocation?: string) => {
    const ddl = editor.current?.text() ?? fromForm.current;
    const repair = inferred.partitionKeys.length ? `\`${shape.database}\`.\`${shape.table}\`` : undefined;
    void create({ connectionId, ddl, repair, outputLocation }).then((made) => {
      if (!made) return;
      const sql = previewSql({ catalog: 'AwsDataCatalog', database: shape.database, table: shape.table });
      openTab({ kind: 'sql', title: `${shape.table}.sql`, connectionId, params: { sql, run: true, database: shape.database, outputLocation } });
      closeTab(tab.id);
    });
  };
  useCommands([{ id: 'createTable.create', title: t('create'), keys: 'mod+enter', group: t('catalog'), enabled: !busy, run: () => submit() }]);
  const names = databases.data?.databases.map(({ name }) => name) ?? [];
  return (
    <div className={styles.tab}>
      <Toolbar label={t('createToolbar')}>
        <ToolButton primary keys="mod+enter" icon={<IconTablePlus size={14} aria-hidden />} disabled={busy} onClick={() => submit()}>
          {t('create')}
        </ToolButton>
        <label className={styles.field}>
          {t('database')}
          <input type="text" list="databases" value={shape.database} disabled={busy} spellCheck={false} onChange={(event) => change({ database: event.target.value })} />
          <datalist id="databases">
            {names.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </label>
        <label className={styles.field}>
          {t('table')}
          <input type="text" value={shape.table} disabled={busy} spellCheck={false} onChange={(event) => change({ table: event.target.value })} />
        </label>
        <ToolbarSpace />
        {busy && <span className={styles.quiet}>{t(state.step === 'partitions' ? 'findingPartitions' : 'creating')}</span>}
      </Toolbar>
      <p className={styles.inferredFrom}>
        <span className="mono ellipsis">{inferred.location}</span>
        <span>{[inferred.format.toUpperCase(), inferred.compression].filter(Boolean).join(' · ')}</span>
        <span>{t('sampled', { count: inferred.sampledObjects, shown: formatNumber(inferred.sampledObjects), bytes: formatBytes(inferred.bytesRead) })}</span>
      </p>
      {inferred.warnings.map((warning) => (
        <p key={warning} className={styles.warning} role="note">
          <IconAlertTriangle size={14} aria-hidden /> {warning}
        </p>
      ))}
      {state.step === 'failed' &&
        (state.error.awsCode === 'NoOutputLocation' ? <ResultLocationPanel workgroup="primary" onChoose={submit} /> : <ErrorNotice error={state.error} />)}
      <div className={styles.createBody}>
        <div className={styles.createColumns}>
          <h3 className={styles.heading}>{t('part.columns')}</h3>
          <ColumnEditor columns={shape.columns} partitionKeys={shape.partitionKeys} disabled={busy} onChange={(columns, partitionKeys) => change({ columns, partitionKeys })} />
        </div>
        <div className={styles.createDdl}>
          <h3 className={styles.heading}>
            {t('statement')}
            {byHand && (
              <button type="button" className={styles.link} onClick={() => change({})}>
                {t('resetStatement')}
              </button>
            )}
          </h3>
          <div className={styles.editor}>
            <LazySqlEditor
              ref={editor}
              documentId={`${tab.id}.create`}
              initialText={initialDdl}
              theme={theme}
              label={t('statement')}
              wrap
              onChange={(now) => setByHand(now !== fromForm.current)}
            />
          </div>
        </div>
      </div>
    </div>
  );
}
