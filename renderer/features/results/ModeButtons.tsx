import { IconPin, IconPinnedFilled } from '@tabler/icons-react';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCommands } from '../../app/commands.tsx';
import { useMessages } from '../../app/messages.tsx';
import { useOpenTabs } from '../../app/openTabs.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import styles from './modes.module.css';

export type Mode = 'rows' | 'chart' | 'pivot' | 'compare';
const modes: Mode[] = ['rows', 'chart', 'pivot', 'compare'];

interface Props {
  mode: Mode;
  runId: string;
  /** What it is called in SQL on this desk. */
  name: string | undefined;
  /** All rows are here. */
  ready: boolean;
  initiallyPinned: boolean;
  /** Where in the bar above the result it stands. */
  slot: HTMLElement | null;
  onMode(mode: Mode): void;
}

/** What is shown of a result, and whether it is kept. */
export function ModeButtons({ mode, runId, name, ready, initiallyPinned, slot, onMode }: Props) {
  const { t } = useTranslation('results');
  const client = useClient();
  const messages = useMessages();
  const [pinned, setPinned] = useState(initiallyPinned);
  const pin = () => void client.results.pin({ runId, pinned: !pinned }).then((state) => setPinned(state.pinned === true), messages.error);
  const { openSql } = useOpenTabs();
  const ask = () => void openSql(`SELECT *\nFROM results.${name}\nLIMIT 100`, { engine: 'duckdb', title: `${name}.sql` });
  const pinTitle = t(pinned ? 'pin.unpin' : 'pin.pin');
  useCommands([
    { id: 'results.rows', title: t('mode.rows'), group: t('group'), run: () => onMode('rows') },
    { id: 'results.chart', title: t('mode.rowsOrChart'), keys: 'alt+g', group: t('group'), enabled: ready, run: () => onMode(mode === 'chart' ? 'rows' : 'chart') },
    { id: 'results.pivot', title: t('pivot.title'), group: t('group'), enabled: ready, run: () => onMode('pivot') },
    { id: 'results.compare', title: t('compare.title'), group: t('group'), enabled: ready, run: () => onMode('compare') },
    { id: 'results.pin', title: pinTitle, group: t('group'), enabled: ready, run: pin },
    { id: 'results.duckdb', title: t('queryResult'), group: t('group'), enabled: ready && name !== undefined, run: ask },
  ]);
  if (!slot) return null;
  return createPortal(
    <div className={styles.modes} role="group" aria-label={t('mode.title')}>
      {modes.map((one) => (
        <button key={one} type="button" aria-pressed={one === mode} disabled={!ready && one !== 'rows' && one !== mode} title={!ready && one !== 'rows' ? t('view.waitForAll') : undefined} onClick={() => onMode(one)}>
          {t(`mode.${one}`)}
        </button>
      ))}
      <IconButton label={pinTitle} pressed={pinned} disabled={!ready} onClick={pin}>
        {pinned ? <IconPinnedFilled size={15} /> : <IconPin size={15} />}
      </IconButton>
      {name && (
        <button type="button" className={`${styles.name} mono`} disabled={!ready} aria-label={`${name}: ${t('queryResult')}`} title={t('queryResultTitle', { name: `results.${name}` })} onClick={ask}>
          {name}
        </button>
      )}
    </div>,
    slot,
  );
}
