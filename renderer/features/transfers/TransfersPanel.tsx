import { IconArrowsUpDown, IconHistory } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { useMessages } from '../../app/messages.tsx';
import { PanelActions } from '../../app/panelActions.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatNumber, formatSpeed } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { ToolButton } from '../../ui/Toolbar.tsx';
import { LimitSelect } from './LimitSelect.tsx';
import { TransferHistory } from './TransferHistory.tsx';
import { canPause, hasEnded, remaining } from './transferState.ts';
import { TransferRow } from './TransferRow.tsx';
import styles from './TransfersPanel.module.css';
import { useReorder } from './useReorder.ts';
import { transferWatch, useTransfers } from './useTransfers.ts';

const ROW = 25;

/** The region "Transfers": uploads, downloads and deletes that run, wait, failed or are done. */
export default function TransfersPanel() {
  const { t } = useTranslation('transfers');
  const client = useClient();
  const messages = useMessages();
  const { list, running, speed, error } = useTransfers();
  const ended = list.filter(hasEnded);
  const pausable = list.filter(canPause);
  const paused = list.filter(({ state }) => state === 'paused');
  const left = remaining(list);
  const [history, setHistory] = useState(false);
  const scroller = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({ count: list.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 8 });
  const reorder = useReorder(list);
  const clear = () => client.transfers.clear().then(() => transferWatch(client).forget(hasEnded), messages.error);
  const all = (transfers: typeof list, act: (id: string) => Promise<unknown>) => Promise.all(transfers.map(({ id }) => act(id))).catch(messages.error);
  const summary = [
    ...(running > 0 ? [t('running', { count: running, formatted: formatNumber(running) })] : []),
    t('ended', { count: ended.length, formatted: formatNumber(ended.length) }),
    ...(speed > 0 ? [formatSpeed(speed)] : []),
    ...(left ? [t(`left.${left.unit}`, { count: left.count })] : []),
  ].join(' · ');
  return (
    <section aria-label={t('transfers')} className={styles.panel} ref={scroller}>
      <PanelActions>
        {list.length > 0 && (
          <span className={`${styles.summary} ellipsis`} title={summary}>
            {summary}
          </span>
        )}
        <span style={{ flex: 1 }} />
        <LimitSelect direction="up" />
        <LimitSelect direction="down" />
        <IconButton label={t('historyDots')} onClick={() => setHistory(true)}>
          <IconHistory size={16} stroke={1.7} />
        </IconButton>
        {pausable.length > 0 && <ToolButton onClick={() => void all(pausable, (id) => client.transfers.pause({ id }))}>{t('pauseAll')}</ToolButton>}
        {pausable.length === 0 && paused.length > 0 && <ToolButton onClick={() => void all(paused, (id) => client.transfers.resume({ id }))}>{t('resumeAll')}</ToolButton>}
        {ended.length > 0 && <ToolButton onClick={() => void clear()}>{t('clear')}</ToolButton>}
      </PanelActions>
      {error !== null && <ErrorNotice error={toAppError(error)} />}
      {list.length === 0 && error === null && <EmptyState icon={<IconArrowsUpDown size={28} stroke={1.3} />} title={t('none')} text={t('noneText')} />}
      {list.length > 0 && (
        <ul className={styles.list} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const transfer = list[index]!;
            return <TransferRow key={transfer.id} transfer={transfer} top={start} position={index + 1} of={list.length} reorder={reorder} />;
          })}
        </ul>
      )}
      {history && <TransferHistory onClose={() => setHistory(false)} />}
    </section>
  );
}
