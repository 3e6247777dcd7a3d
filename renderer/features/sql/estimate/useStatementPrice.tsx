import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Estimate } from '../../../../shared/contract/estimates.ts';
import { classify } from '../../../../shared/sql/classify.ts';
import { filled, placeholders, substituted } from '../../../../shared/sql/parameters.ts';
import { useClient } from '../../../app/clientContext.tsx';
import { useCurrentConnection } from '../../../app/connectionContext.tsx';
import { useLocalLake } from '../../../app/localLake.ts';
import { useSettings } from '../../../app/settings.tsx';
import type { SqlEditorHandle } from '../../../editor/SqlEditor.tsx';
import { useConfirm } from '../../../ui/confirm.tsx';
import { formatBytes } from '../../../ui/format.ts';
import type { SqlParams } from '../sqlParams.ts';
import type { Execution } from '../useRunner.ts';
import { estimateHints } from './estimateHints.ts';
import { dollarsOf } from './PriceBeforeRun.tsx';
import { useEstimate, type EstimateRequest, type ShownEstimate } from './useEstimate.ts';
import { unfilteredTables } from './wordsOf.ts';

const moveMillis = 120;
/** A run does not wait longer for its bound than this; what is counted until then decides. */
const patienceMillis = 4000;

interface Options {
  editor: RefObject<SqlEditorHandle | null>;
  params: SqlParams;
  executions: readonly Execution[];
}

export interface StatementPrice {
  /** What would run, once the keys rest. */
  statement: { text: string; start: number } | undefined;
  shown: ShownEstimate | null;
  current: boolean;
  /** The editor's statement may have changed. */
  onStatement(): void;
  /** The bound of a statement that is about to run; asks where it is above the limit of the settings. `may`: run it. */
  beforeRun(statement: { text: string; parameters?: string[] | undefined }): Promise<{ may: boolean; estimatedBytes?: number | undefined }>;
}

/** What the statement at the cursor can scan: shown beside Run, underlined in the editor, and asked about when large. */
export function useStatementPrice({ editor, params, executions }: Options): StatementPrice {
  const { t } = useTranslation('estimate');
  const client = useClient();
  const connection = useCurrentConnection();
  const confirm = useConfirm();
  const { settings } = useSettings();
  const [statement, setStatement] = useState<{ text: string; start: number }>();
  // The sample lake's tables come one after the other: what is not there at a first start is asked for again.
  const lakeReady = useLocalLake()?.state === 'ready' ? 1 : 0;
  const changes = useMemo(() => executions.filter(({ run }) => run?.state === 'succeeded' && !classify(run.sql).isRead).length, [executions]) + lakeReady;
  const { engine, catalog, database } = params;
  /** The others' statements cost nothing, or what nobody can tell before. */
  const priced = engine === 'athena';
  const about = useCallback((sql: string): EstimateRequest => ({ connectionId: connection.id, catalog, database, sql, changes }), [connection.id, catalog, database, changes]);
  const { shown, current } = useEstimate(statement && priced ? about(substituted(statement.text, params.values)) : undefined);

  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const onStatement = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const found = editor.current?.statementToRun();
      setStatement((before) => (found?.text === before?.text && found?.start === before?.start ? before : found && { text: found.text, start: found.start }));
    }, moveMillis);
  }, [editor]);
  useEffect(() => () => clearTimeout(timer.current), []);

  useEffect(() => {
    if (!statement || !priced) editor.current?.showHints([]);
    if (!statement || !priced || !current || shown?.estimate.state !== 'done') return;
    const still = editor.current?.text().startsWith(statement.text, statement.start);
    // Values in place of `:name` move what stands behind them.
    if (still && placeholders(statement.text).length === 0) editor.current?.showHints(estimateHints(t, shown.estimate, statement.text, statement.start));
  }, [editor, statement, priced, shown, current, t]);

  const count = useCallback(
    async (sql: string): Promise<Estimate | undefined> => {
      const request = about(sql);
      if (shown?.estimate.state === 'done' && JSON.stringify(shown.request) === JSON.stringify(request)) return shown.estimate;
      const { changes: _, ...input } = request;
      const enough = AbortSignal.timeout(patienceMillis);
      let last: Estimate | undefined;
      try {
        for await (const estimate of await client.estimates.watch(input, { signal: enough })) last = estimate;
      } catch {
        // Too long, or not to be had: the run itself will say what is wrong.
      }
      return last;
    },
    [about, client, shown],
  );

  const limit = settings?.askAboveBytes ?? 0;
  const beforeRun = useCallback<StatementPrice['beforeRun']>(
    async ({ text, parameters }) => {
      if (!priced) return { may: true };
      const estimate = await count(filled(text, parameters ?? []));
      const estimatedBytes = estimate?.bound === 'atMost' && estimate.state === 'done' ? estimate.bytes : undefined;
      if (!estimate || limit === 0 || estimate.bytes <= limit || estimate.bound === 'free') return { may: true, estimatedBytes };
      const tables = unfilteredTables(estimate).map(({ database: inDatabase, table }) => `${inDatabase}.${table}`);
      const may = await confirm({
        title: t('ask.title', { bytes: formatBytes(estimate.bytes) }),
        body: (
          <>
            <p>
              {t('ask.text', { limit: formatBytes(limit) })} {dollarsOf(estimate) && t('ask.price', { price: dollarsOf(estimate) })}
            </p>
            {tables.length > 0 && <p>{t('ask.unfiltered', { tables: tables.join(', ') })}</p>}
            {estimate.bound !== 'atMost' && <p>{t('ask.more')}</p>}
          </>
        ),
        action: t('ask.action'),
        connection,
      });
      return { may, estimatedBytes };
    },
    [priced, count, limit, confirm, t, connection],
  );
  return { statement, shown, current, onStatement, beforeRun };
}
