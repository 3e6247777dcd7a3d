import { Menu, SegmentedControl, Switch } from '@mantine/core';
import { IconAdjustments, IconChevronDown, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../app/commands.tsx';
import { formatNumber } from '../../ui/format.ts';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { ToolButton } from '../../ui/Toolbar.tsx';
import type { ResultState } from '../../../shared/contract/results.ts';
import { ExportDialog } from './ExportDialog.tsx';
import { exportFormats, optionsOf, plainDraft, type ExportDraft } from './exportDraft.ts';
import type { ExportedRows } from './exportedRows.ts';
import styles from './results.module.css';
import { useExport, type ExportFormat } from './useExport.ts';

interface Props {
  runId: string;
  connectionId: string;
  /** What the grid shows. */
  view: ExportedRows | undefined;
  state: ResultState;
  /** The tab's title: what the file is called after. */
  name: string;
}

/** "Export 3,000,000 rows": formats in a menu, more in a dialog; while it writes, its progress and Cancel in the same place. */
export function ExportButton({ runId, connectionId, view, state, name }: Props) {
  const { t } = useTranslation('results');
  const { job, start, cancel } = useExport({ runId, name });
  const [draft, setDraft] = useState<ExportDraft>(plainDraft);
  const [all, setAll] = useState(false);
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState(false);
  const ready = state.state === 'complete' && !job;
  const everyRow = view?.all;
  const { rows, viewId } = (all && everyRow) || (view ?? { rows: state.rows, viewId: undefined });
  const quick = (format: ExportFormat) => start({ viewId, format, options: optionsOf({ ...draft, format }) });
  useCommands([
    { id: 'results.export', title: t('export.title'), keys: 'mod+shift+e', group: t('group'), enabled: ready, run: () => setOpen(true) },
    { id: 'results.exportCsv', title: t('export.asCsv'), group: t('group'), enabled: ready, run: () => quick('csv') },
    { id: 'results.exportOptions', title: t('export.options'), group: t('group'), enabled: ready, run: () => setAsking(true) },
  ]);
  if (job?.state === 'running') {
    const share = job.rowsTotal > 0 ? Math.min(100, Math.floor((100 * job.rowsWritten) / job.rowsTotal)) : 0;
    return (
      <>
        <ProgressBar label={t('export.progress')} done={share} />
        <span className={styles.quiet}>{t('export.written', { rows: formatNumber(job.rowsWritten) })}</span>
        <ToolButton onClick={cancel}>{t('export.cancel')}</ToolButton>
      </>
    );
  }
  const which = view && everyRow && (
    <SegmentedControl
      size="xs"
      fullWidth
      aria-label={t('export.which')}
      value={all ? 'all' : 'shown'}
      onChange={(value) => setAll(value === 'all')}
      data={[
        { value: 'shown', label: t('export.shownRows', { shown: formatNumber(view.rows) }) },
        { value: 'all', label: t('export.allRows', { shown: formatNumber(everyRow.rows) }) },
      ]}
    />
  );
  const label = state.state === 'loading' ? t('export.stillLoading') : t('export.rows', { count: rows, shown: formatNumber(rows) });
  return (
    <>
      <Menu opened={open} onChange={setOpen} position="bottom-end" offset={4} width={280} transitionProps={{ duration: 0 }} returnFocus>
        <Menu.Target>
          <ToolButton icon={<IconDownload size={14} aria-hidden />} disabled={!ready} title={state.state === 'loading' ? t('export.waitForAll') : undefined}>
            {label}
            <IconChevronDown size={14} aria-hidden />
          </ToolButton>
        </Menu.Target>
        <Menu.Dropdown>
          {which && <div className={styles.escape}>{which}</div>}
          {exportFormats.map((format) => (
            <Menu.Item key={format} rightSection={<span className={styles.quiet}>{`.${format}`}</span>} onClick={() => quick(format)}>
              {t(`export.${format}`)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconAdjustments size={14} aria-hidden />} onClick={() => setAsking(true)}>
            {t('export.options')}
          </Menu.Item>
          <Menu.Divider />
          <div className={styles.escape}>
            <Switch checked={draft.escapeFormulas} onChange={(event) => setDraft({ ...draft, escapeFormulas: event.currentTarget.checked })} label={t('export.escape')} description={t('export.escapeWhy')} />
          </div>
        </Menu.Dropdown>
      </Menu>
      {asking && (
        <ExportDialog
          draft={draft}
          onDraft={setDraft}
          rows={rows}
          columns={state.columns}
          which={which}
          connectionId={connectionId}
          name={name}
          onStart={(s3) => {
            setAsking(false);
            start({ viewId, format: draft.format, options: optionsOf(draft), s3 });
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
