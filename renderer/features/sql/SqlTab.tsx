import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../app/commands.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { useOpenTabs } from '../../app/openTabs.ts';
import { useTabScope } from '../../app/tabScope.tsx';
import { useTheme } from '../../app/themeStore.ts';
import { useView, useWorkspace, type Tab } from '../../app/workspace.tsx';
import { LazySqlEditor } from '../../editor/LazySqlEditor.tsx';
import type { SqlEditorHandle } from '../../editor/SqlEditor.tsx';
import { Splitter } from '../../ui/Splitter.tsx';
import { bind, parameterNames, shownParameter } from '../../../shared/sql/parameters.ts';
import { splitStatements } from '../../../shared/sql/statements.ts';
import { registerActiveEditor } from './activeEditor.ts';
import { useDeskSide } from './desk/useDeskSide.ts';
import { engineNames } from './engines.ts';
import { useStatementPrice } from './estimate/useStatementPrice.tsx';
import { errorPlace, placeIn, type PlacedStatement } from './errorPlace.ts';
import { ParametersBar } from './parameters/ParametersBar.tsx';
import { ResultsArea } from './ResultsArea.tsx';
import styles from './sql.module.css';
import { useRedshiftSide } from './redshift/useRedshiftSide.ts';
import { readSqlParams, type SqlParams } from './sqlParams.ts';
import { SqlToolbar } from './SqlToolbar.tsx';
import { useAskBeforeClosing } from './useAskBeforeClosing.ts';
import { useCompletion } from './useCompletion.ts';
import { useLongRunNotice } from './useLongRunNotice.ts';
import { useRunner } from './useRunner.ts';
import { useSave } from './useSave.tsx';
import { useSavedText } from './useSavedText.ts';

/** A SQL tab: tool bar, editor, and the results of what was run from it. */
export default function SqlTab({ tab }: { tab: Tab }) {
  const { t } = useTranslation('sql');
  const { updateTab } = useWorkspace();
  const { isActive } = useTabScope();
  const connection = useCurrentConnection();
  const theme = useTheme();
  const params = useMemo(() => readSqlParams(tab.params), [tab.params]);
  const editor = useRef<SqlEditorHandle>(null);
  const root = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useView('sqlEditorHeight', 222);
  const { text, changed, flush } = useSavedText(tab.id, params.sql ?? '');
  const messages = useMessages();
  const tabs = useOpenTabs();
  const onDesk = params.engine === 'duckdb';
  const completion = useCompletion(connection.id, params.catalog, params.database, params.engine === 'athena');
  const desk = useDeskSide(onDesk, editor);
  const redshift = useRedshiftSide(connection.id, params.target, params.engine === 'redshift');
  /** What the editor knows of the engine's SQL. */
  const side = { athena: { completion: completion.source, problems: undefined }, duckdb: desk, redshift }[params.engine];
  const openTable = useMemo(
    () => ({ title: t('openTable'), open: onDesk ? desk.openTable : params.engine === 'redshift' ? () => undefined : (database: string, table: string) => void tabs.openTable(database, table, params.catalog) }),
    [t, tabs, params.catalog, params.engine, onDesk, desk.openTable],
  );
  const [pending, setPending] = useState<PlacedStatement[] | null>(null);

  const change = useCallback(
    (part: Partial<SqlParams>) => updateTab(tab.id, { params: { ...tab.params, sql: undefined, run: undefined, ...part } }),
    [updateTab, tab.id, tab.params],
  );
  const runner = useRunner({ tabId: tab.id, connectionId: connection.id, params, onRuns: (runIds) => change({ runIds }) });
  const { executions, busy, execute, stop } = runner;
  useAskBeforeClosing(tab.id, busy, { title: t('closing.title'), body: t('closing.text'), action: t('closing.confirm'), connection });
  useLongRunNotice(tab, executions, busy, isActive);
  const saving = useSave({ tab, editor, params, change });
  const price = useStatementPrice({ editor, params, executions });

  const { values } = params;
  const start = useCallback(
    (written: PlacedStatement[], outputLocation?: string) => {
      const statements: PlacedStatement[] = [];
      for (const one of written) {
        const bound = one.parameters ? { sql: one.text, parameters: one.parameters } : bind(one.text, values);
        if ('missing' in bound) {
          const field = root.current?.querySelector<HTMLInputElement>(`[data-parameter="${CSS.escape(bound.missing)}"]`);
          messages.notify(t('parameters.missing', { name: bound.missing }));
          return field?.focus();
        }
        statements.push({ ...one, text: bound.sql, parameters: bound.parameters, written: one.written ?? (bound.parameters.length > 0 ? one.text : undefined) });
      }
      flush();
      editor.current?.showError(null);
      editor.current?.closeHints();
      setPending(statements);
      execute(statements, { ...(outputLocation ? { outputLocation } : {}), before: price.beforeRun });
    },
    [execute, flush, price.beforeRun, values, messages, t],
  );
  const chosen = (): PlacedStatement[] => {
    const statement = editor.current?.statementToRun();
    if (!statement) return [];
    const inside = splitStatements(statement.text).map((one) => ({ ...one, start: one.start + statement.start, end: one.end + statement.start, startLine: one.startLine + statement.startLine - 1 }));
    return placeIn(editor.current?.text() ?? '', inside);
  };
  const runAll = () => {
    const whole = editor.current?.text() ?? '';
    start(placeIn(whole, splitStatements(whole)));
  };
  const run = () => start(chosen());
  const format = () => {
    editor.current?.format().then((left) => left > 0 && messages.notify(t('formatLeft', { count: left })), messages.error);
  };
  const explain = (words: string) => start(chosen().map((one) => ({ ...one, text: `${words} ${one.text}`, startColumn: one.startColumn - words.length - 1 })));
  const plan = () => explain(params.engine === 'redshift' ? 'EXPLAIN' : 'EXPLAIN (FORMAT JSON)');
  const measure = () => explain(onDesk ? 'EXPLAIN (ANALYZE, FORMAT JSON)' : 'EXPLAIN ANALYZE (FORMAT JSON)');
  useCommands([
    { id: 'sql.run', title: t('run'), keys: 'mod+enter', group: t('group'), enabled: !busy, run },
    { id: 'sql.runAll', title: t('runAll'), keys: 'mod+shift+enter', group: t('group'), enabled: !busy, run: runAll },
    { id: 'sql.stop', title: t('stop'), keys: 'mod+shift+backspace', group: t('group'), enabled: busy, run: stop },
    { id: 'sql.plan', title: t('plan'), group: t('group'), enabled: !busy, run: plan },
    { id: 'sql.measure', title: t('measure'), group: t('group'), enabled: !busy && params.engine !== 'redshift', run: measure },
    ...engineNames.map((engine) => ({ id: `sql.engine.${engine}`, title: t('runWith', { engine: t(`engines.${engine}`) }), group: t('group'), enabled: params.engine !== engine && (engine !== 'redshift' || connection.kind !== 'local'), run: () => change({ engine }) })),
    { id: 'sql.desk', title: t('desk.title'), group: t('group'), enabled: onDesk, run: () => desk.toolbar.onOpened(true) },
    { id: 'sql.save', title: t('save'), keys: 'mod+s', group: t('group'), run: saving.save },
    { id: 'sql.saveAs', title: t('saveAs'), group: t('group'), run: saving.saveAs },
    { id: 'sql.format', title: t('format'), keys: 'shift+alt+f', group: t('group'), run: format },
    { id: 'sql.comment', title: t('comment'), keys: 'mod+/', group: t('group'), run: () => editor.current?.toggleComment() },
    { id: 'sql.focus', title: t('focusEditor'), keys: 'alt+1', group: t('group'), run: () => editor.current?.focus() },
  ]);

  useEffect(() => (isActive ? registerActiveEditor(() => editor.current) : undefined), [isActive]);

  // Preview 100 rows, Query this table …: the tab was opened to run what it holds.
  const runOnOpen = useRef(params.run === true);
  useEffect(() => {
    if (!runOnOpen.current || text === null) return;
    runOnOpen.current = false;
    start(placeIn(text, splitStatements(text)));
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [text]);

  const failed = executions.find((one) => one.run?.state === 'failed');
  const place = failed && errorPlace(failed);
  useEffect(() => {
    if (failed?.run?.error && place) editor.current?.showError({ ...place, message: failed.run.error.message });
    // The mark belongs to the run, not to how often this renders.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [failed?.run?.id, failed?.run?.state]);

  return (
    <div className={styles.tab} ref={root}>
      {saving.dialog}
      <SqlToolbar
        connectionId={connection.id}
        params={params}
        databases={completion.databases}
        busy={busy}
        price={price}
        desk={desk.toolbar}
        redshiftDatabases={redshift.databases}
        onChange={change}
        onRun={run}
        onRunAll={runAll}
        onStop={stop}
        onPlan={plan}
        onSave={saving.save}
      />
      <ParametersBar
        fields={parameterNames(price.statement?.text ?? '').map((name) => ({ key: name, label: shownParameter(name), value: values[name] }))}
        onChange={(name, value) => change({ values: { ...values, [name]: value } })}
        onRun={run}
      />
      <div className={styles.editor} style={{ height }}>
        {text !== null && (
          <LazySqlEditor
            ref={editor}
            documentId={`${tab.id}.sql`}
            initialText={text}
            theme={theme}
            label={t('editor')}
            placeholder={t('placeholder')}
            completion={side.completion}
            dialect={params.engine}
            problems={side.problems}
            autoFocus={isActive}
            onChange={changed}
            onBlur={flush}
            onStatement={price.onStatement}
            openTable={openTable}
          />
        )}
      </div>
      <Splitter direction="rows" label={t('resizeEditor')} size={height} min={60} max={900} onResize={setHeight} />
      <ResultsArea
        executions={executions}
        busy={busy}
        active={isActive}
        workgroup={params.workgroup}
        tabTitle={tab.title}
        chart={{ shown: params.resultView === 'chart', spec: params.chart, name: tab.title, onShow: (shown) => change({ resultView: shown ? 'chart' : 'rows' }), onSpec: (chart) => change({ chart }) }}
        onGoTo={({ line, column }) => editor.current?.reveal(line, column)}
        onRetry={() => pending && start(pending)}
        onLocation={(outputLocation) => {
          change({ outputLocation });
          if (pending) start(pending, outputLocation);
        }}
      />
    </div>
  );
}
