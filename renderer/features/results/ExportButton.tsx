import { Menu, Switch } from '@mantine/core';
import { IconChevronDown, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../app/commands.tsx';
import { formatNumber } from '../../ui/format.ts';
import { ToolButton } from '../../ui/Toolbar.tsx';
import type { ResultState } from '../../../shared/contract/results.ts';
import styles from './results.module.css';
import { useExport, type ExportFormat } from './useExport.ts';

const formats: ExportFormat[] = ['csv', 'tsv', 'jsonl', 'parquet'];

interface Props {
  runId: string;
  viewId: string | undefined;
  state: ResultState;
  /** The tab's title: what the file is called after. */
  name: string;
  active: boolean;
}

/** "Export 3,000,000 rows": formats in a menu; while it writes, its progress and Cancel in the same place. */
export function ExportButton({ runId, viewId, state, name }: Props) {
  const { t } = useTranslation('results');
  const { job, start, cancel } = useExport({ runId, viewId, name });
  const [escape, setEscape] = useState(false);
  const [open, setOpen] = useState(false);
  const ready = state.state === 'complete' && !job;
  useCommands([
    { id: 'results.export', title: t('export.title'), keys: 'mod+shift+e', group: t('group'), enabled: ready, run: () => setOpen(true) },
    { id: 'results.exportCsv', title: t('export.asCsv'), group: t('group'), enabled: ready, run: () => start('csv', escape) },
  ]);
  if (job?.state === 'running') {
    const share = job.rowsTotal > 0 ? Math.min(100, Math.floor((100 * job.rowsWritten) / job.rowsTotal)) : 0;
    return (
      <>
        <span className={styles.progress} role="progressbar" aria-label={t('export.progress')} aria-valuenow={share} aria-valuemin={0} aria-valuemax={100}>
          <span style={{ width: `${share}%` }} />
        </span>
        <span className={styles.quiet}>{t('export.written', { rows: formatNumber(job.rowsWritten) })}</span>
        <ToolButton onClick={cancel}>{t('export.cancel')}</ToolButton>
      </>
    );
  }
  const label = state.state === 'loading' ? t('export.stillLoading') : t('export.rows', { count: state.rows, shown: formatNumber(state.rows) });
  return (
    <Menu opened={open} onChange={setOpen} position="bottom-end" offset={4} width={270} transitionProps={{ duration: 0 }} returnFocus>
      <Menu.Target>
        <ToolButton icon={<IconDownload size={14} aria-hidden />} disabled={!ready} title={state.state === 'loading' ? t('export.waitForAll') : undefined}>
          {label}
          <IconChevronDown size={14} aria-hidden />
        </ToolButton>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map((format) => (
          <Menu.Item key={format} rightSection={<span className={styles.quiet}>{`.${format}`}</span>} onClick={() => start(format, escape && format !== 'parquet')}>
            {t(`export.${format}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <div className={styles.escape}>
          <Switch checked={escape} onChange={(event) => setEscape(event.currentTarget.checked)} label={t('export.escape')} description={t('export.escapeWhy')} />
        </div>
      </Menu.Dropdown>
    </Menu>
  );
}
