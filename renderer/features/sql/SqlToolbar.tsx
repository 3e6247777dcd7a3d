import { IconBinaryTree2, IconDeviceFloppy, IconPlayerPlayFilled, IconPlayerSkipForwardFilled, IconPlayerStopFilled } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { ToolButton, Toolbar } from '../../ui/Toolbar.tsx';
import { DeskTablesButton } from './desk/DeskTablesButton.tsx';
import type { DeskTables } from './desk/useDesk.ts';
import { engineNames, isEngine } from './engines.ts';
import { PriceBeforeRun } from './estimate/PriceBeforeRun.tsx';
import type { StatementPrice } from './estimate/useStatementPrice.tsx';
import deskStyles from './desk/desk.module.css';
import { RedshiftPlace } from './redshift/RedshiftPlace.tsx';
import styles from './sql.module.css';
import type { SqlParams } from './sqlParams.ts';
import { ToolSelect } from './ToolSelect.tsx';

interface Props {
  connectionId: string;
  params: SqlParams;
  databases: readonly string[];
  busy: boolean;
  price: Pick<StatementPrice, 'shown' | 'current'>;
  /** What DuckDB on this desk can read, and whether its list is open. */
  desk: { tables: DeskTables | undefined; opened: boolean; onOpened(opened: boolean): void; onInsert(name: string): void };
  redshiftDatabases: readonly string[];
  onChange(change: Partial<SqlParams>): void;
  onRun(): void;
  onRunAll(): void;
  onStop(): void;
  onPlan(): void;
  onSave(): void;
}

/** Run, Run all, Stop; where and in which database (or over which files); what the statement at the cursor can scan and cost. */
export function SqlToolbar({ connectionId, params, databases, busy, price, desk, redshiftDatabases, onChange, onRun, onRunAll, onStop, onPlan, onSave }: Props) {
  const { t } = useTranslation('sql');
  const connection = useCurrentConnection();
  return (
    <Toolbar label={t('toolbar')}>
      <ToolButton primary keys="mod+enter" icon={<IconPlayerPlayFilled size={13} aria-hidden />} disabled={busy} onClick={onRun} title={t('runTitle')}>
        {t('run')}
      </ToolButton>
      <ToolButton className={styles.iconOnly} icon={<IconPlayerSkipForwardFilled size={13} aria-hidden />} disabled={busy} onClick={onRunAll} aria-label={t('runAll')} title={t('runAllTitle')} />
      <ToolButton className={styles.iconOnly} icon={<IconPlayerStopFilled size={13} aria-hidden />} disabled={!busy} onClick={onStop} aria-label={t('stop')} title={busy ? t('stopTitle') : t('nothingRuns')} />
      <ToolSelect
        only
        label={t('engine')}
        value={params.engine}
        choices={engineNames.map((name) => ({ value: name, name: t(`engines.${name}`), ...(name === 'redshift' && connection.kind === 'local' ? { disabled: true, note: t('redshift.notLocal') } : { note: t(`engineNotes.${name}`) }) }))}
        onChoose={(engine) => isEngine(engine) && onChange({ engine })}
      />
      {params.engine === 'duckdb' ? (
        <>
          <DeskTablesButton {...desk} />
          <div className={deskStyles.free} title={t('desk.freeTitle')}>
            {t('desk.free')}
          </div>
        </>
      ) : params.engine === 'redshift' ? (
        <RedshiftPlace target={params.target} databases={redshiftDatabases} onChange={(target) => onChange({ target })} />
      ) : (
        <AthenaPlace {...{ connectionId, params, databases, price, onChange }} />
      )}
      <ToolButton className={styles.shrinking} icon={<IconBinaryTree2 size={14} aria-hidden />} disabled={busy} onClick={onPlan} aria-label={t('plan')} title={t('planTitle')}>
        <span>{t('plan')}</span>
      </ToolButton>
      <ToolButton className={styles.shrinking} icon={<IconDeviceFloppy size={14} aria-hidden />} onClick={onSave} aria-label={t('save')} title={t('saveTitle')}>
        <span>{t('save')}</span>
      </ToolButton>
    </Toolbar>
  );
}

/** Workgroup, database, and what the statement can scan. */
function AthenaPlace({ connectionId, params, databases, price, onChange }: Pick<Props, 'connectionId' | 'params' | 'databases' | 'price' | 'onChange'>) {
  const { t } = useTranslation('sql');
  const client = useClient();
  const workgroups = useQuery({ queryKey: ['workgroups', connectionId], queryFn: () => client.runs.workgroups({ connectionId }) });
  return (
    <>
      <ToolSelect
        label={t('workgroup')}
        value={params.workgroup}
        choices={(workgroups.data ?? []).map(({ name, state, description }) => ({ value: name, note: state === 'DISABLED' ? t('disabled') : description }))}
        onChoose={(workgroup) => onChange({ workgroup })}
      />
      <ToolSelect label={t('database')} value={params.database ?? 'default'} choices={databases.map((value) => ({ value }))} onChoose={(database) => onChange({ database })} />
      <PriceBeforeRun {...price} cutoff={workgroups.data?.find(({ name }) => name === params.workgroup)?.bytesCutoff} />
    </>
  );
}
