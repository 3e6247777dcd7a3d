import { IconPinnedFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatDate, formatDuration } from '../../ui/format.ts';
import { Chip } from '../../ui/Toolbar.tsx';
import type { Run } from '../../../shared/contract/runs.ts';
import { usePrice } from '../sql/usePrice.ts';
import styles from './history.module.css';

export const historyTracks = '92px minmax(160px, 1fr) 80px 90px 190px 148px';

const tones = { queued: 'accent', running: 'accent', succeeded: 'success', failed: 'error', cancelled: 'warning' } as const;

/** As short as the row wants it; names are the same in every language. */
const ENGINES: Record<Run['engine'], string> = { athena: 'Athena', duckdb: 'DuckDB', redshift: 'Redshift' };

/** The statement's first line that is no comment. */
const firstLine = (sql: string): string => sql.split('\n').find((line) => line.trim() && !line.trim().startsWith('--')) ?? sql;

interface Props {
  id: string;
  index: number;
  run: Run;
  /** px from the list's top. */
  top: number;
  chosen: boolean;
  /** Its result stays on disk. */
  pinned: boolean;
  onChoose(): void;
  onOpen(): void;
  onMenu(x: number, y: number): void;
}

export function HistoryRow({ id, index, run, top, chosen, pinned, onChoose, onOpen, onMenu }: Props) {
  const { t } = useTranslation('sql');
  const price = usePrice();
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={chosen}
      className={`${styles.row} ${styles.run} ${chosen ? styles.chosen : ''}`}
      style={{ gridTemplateColumns: historyTracks, transform: `translateY(${top}px)` }}
      onClick={onChoose}
      onDoubleClick={onOpen}
      onContextMenu={(event) => {
        event.preventDefault();
        onMenu(event.clientX, event.clientY);
      }}
    >
      <span role="gridcell">
        <Chip tone={tones[run.state]}>{t(`state.${run.state}`)}</Chip>
        {pinned && <IconPinnedFilled size={12} className={styles.pin} role="img" aria-label={t('pinned', { ns: 'history' })} />}
      </span>
      <span role="gridcell" className="mono ellipsis" title={run.error ? `${run.sql}\n\n${run.error.message}` : run.sql}>
        {run.engine !== 'athena' && <span className={styles.engine} title={t(`engines.${run.engine}`)}>{ENGINES[run.engine]}</span>}
        {firstLine(run.sql).trim()}
      </span>
      <span role="gridcell" className="numeric">
        {run.totalMillis === undefined ? '' : formatDuration(run.totalMillis)}
      </span>
      <span role="gridcell" className="numeric">
        {run.bytesScanned === undefined ? '' : formatBytes(run.bytesScanned)}
      </span>
      <span role="gridcell" className="numeric ellipsis">
        {price(run)}
      </span>
      <span role="gridcell" className={styles.when}>
        {formatDate(run.submittedAt, true)}
      </span>
    </div>
  );
}
