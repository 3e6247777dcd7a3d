import { readSpec } from '../../../shared/charts/spec.ts';
import type { ChartSpec } from '../../../shared/contract/charts.ts';
import type { RedshiftTarget } from '../../../shared/contract/redshift.ts';
import type { ParameterValue } from '../../../shared/sql/parameters.ts';
import { isEngine, type EngineName } from './engines.ts';

/** What a SQL tab remembers beside its text (Tab.params). */
export interface SqlParams {
  engine: EngineName;
  /** The text the tab starts with, where none is saved yet. */
  sql?: string;
  /** Run it once, when the tab first opens. */
  run?: boolean;
  workgroup: string;
  catalog: string;
  database?: string;
  /** Where in Redshift. */
  target?: RedshiftTarget;
  /** Where results go, chosen by the user because the workgroup names no place. */
  outputLocation?: string;
  /** Values of the parameters `?` and `:name`. */
  values: Record<string, ParameterValue>;
  /** The saved query this tab shows. */
  savedId?: string;
  /** Runs whose results are shown. */
  runIds: string[];
  /** Whether its results are seen as a chart, and what of them is drawn. */
  resultView: 'rows' | 'chart';
  chart?: ChartSpec;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function readTarget(value: unknown): RedshiftTarget | undefined {
  const { kind, name, database, dbUser, secretArn } = (typeof value === 'object' && value !== null ? value : {}) as Partial<Record<keyof RedshiftTarget, unknown>>;
  if (text(name) === undefined || text(database) === undefined) return undefined;
  return { kind: kind === 'cluster' ? 'cluster' : 'workgroup', name: text(name)!, database: text(database)!, dbUser: text(dbUser), secretArn: text(secretArn) };
}

/** Reads params that may come from an older version or another screen. */
export function readSqlParams(params: Record<string, unknown>): SqlParams {
  const ids = Array.isArray(params.runIds) ? params.runIds : [params.lastRunId];
  return {
    engine: isEngine(params.engine) ? params.engine : 'athena',
    sql: text(params.sql),
    run: params.run === true,
    workgroup: text(params.workgroup) ?? 'primary',
    catalog: text(params.catalog) ?? 'AwsDataCatalog',
    database: text(params.database),
    target: readTarget(params.target),
    outputLocation: text(params.outputLocation),
    values: typeof params.values === 'object' && params.values !== null ? (params.values as SqlParams['values']) : {},
    resultView: params.resultView === 'chart' ? 'chart' : 'rows',
    chart: readSpec(params.chart),
    savedId: text(params.savedId),
    runIds: ids.filter((id): id is string => typeof id === 'string'),
  };
}
