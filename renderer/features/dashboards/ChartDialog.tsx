import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ChartSpec } from '../../../shared/contract/charts.ts';
import type { ChartTile } from '../../../shared/contract/dashboards.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ChartPane } from '../charts/ChartPane.tsx';
import { useResult } from '../results/useResult.ts';
import styles from './dashboards.module.css';

/** How a tile's result is drawn. Every change holds at once. */
export function ChartDialog({ tile, onChange, onClose }: { tile: ChartTile; onChange(chart: ChartSpec): void; onClose(): void }) {
  const { t } = useTranslation('dashboards');
  const { state, error, reopen } = useResult(tile.runId);
  return (
    <Modal opened onClose={onClose} title={tile.title || t('tile.untitled')} size="min(1100px, 92vw)" closeButtonProps={{ 'aria-label': t('close', { ns: 'window' }) }}>
      <div className={styles.editor}>
        {error ? (
          <ErrorNotice error={error} onRetry={reopen} />
        ) : state && tile.runId ? (
          <ChartPane runId={tile.runId} columns={state.columns} complete={state.state === 'complete'} chosen={tile.chart} onChoose={onChange} name={tile.title} />
        ) : (
          <EmptyState title={t(tile.runId ? 'reading' : 'notRun')} />
        )}
      </div>
    </Modal>
  );
}
