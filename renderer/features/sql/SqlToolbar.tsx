import { IconPlayerPlayFilled, IconPlayerSkipForwardFilled, IconPlayerStopFilled } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { formatBytes } from '../../ui/format.ts';
import { ToolButton, Toolbar, ToolbarSpace } from '../../ui/Toolbar.tsx';
import type { Run } from '../../../shared/contract/runs.ts';
import styles from './sql.module.css';
import type { SqlParams } from './sqlParams.ts';
import { ToolSelect } from './ToolSelect.tsx';
import { usePrice } from './usePrice.ts';

interface Props {
  connectionId: string;
  params: SqlParams;
  databases: readonly string[];
  busy: boolean;
  lastRun: Run | undefined;
  onChange(change: Partial<SqlParams>): void;
  onRun(): void;
  onRunAll(): void;
  onStop(): void;
  onPlan(): void;
}

/** Run, Run all, Stop; where and in which database; what the last run cost. */
export function SqlToolbar({ connectionId, params, databases, busy, lastRun, onChange, onRun, onRunAll, onStop, onPlan }: Props) {
  const { t } = useTranslation('sql');
  const client = useClient();
  const price = usePrice();
  const workgroups = useQuery({ queryKey: ['workgroups', connectionId], queryFn: () => client.runs.workgroups({ connectionId }) });
  const dollars = lastRun ? price(lastRun) : '';
  return (
    <Toolbar label={t('toolbar')}>
      <ToolButton primary keys="mod+enter" icon={<IconPlayerPlayFilled size={13} aria-hidden />} disabled={busy} onClick={onRun} title={t('runTitle')}>
        {t('run')}
      </ToolButton>
      <ToolButton icon={<IconPlayerSkipForwardFilled size={13} aria-hidden />} disabled={busy} onClick={onRunAll} title={t('runAllTitle')}>
        {t('runAll')}
      </ToolButton>
      <ToolButton icon={<IconPlayerStopFilled size={13} aria-hidden />} disabled={!busy} onClick={onStop} title={busy ? undefined : t('nothingRuns')}>
        {t('stop')}
      </ToolButton>
      <ToolSelect
        label={t('workgroup')}
        value={params.workgroup}
        choices={(workgroups.data ?? []).map(({ name, state, description }) => ({ value: name, note: state === 'DISABLED' ? t('disabled') : description }))}
        onChoose={(workgroup) => onChange({ workgroup })}
      />
      <ToolSelect label={t('database')} value={params.database ?? 'default'} choices={databases.map((value) => ({ value }))} onChoose={(database) => onChange({ database })} />
      {lastRun?.bytesScanned !== undefined && (
        <span className={styles.price} title={t('lastRunPrice')}>
          <span>{t('lastRun')}</span>
          <b>{formatBytes(lastRun.bytesScanned)}</b>
          <span className="ellipsis">{dollars}</span>
        </span>
      )}
      <ToolbarSpace />
      <ToolButton disabled={busy} onClick={onPlan} title={t('planTitle')}>
        {t('plan')}
      </ToolButton>
    </Toolbar>
  );
}
