import { IconX } from '@tabler/icons-react';
import { lazy, Suspense, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './BottomPanel.module.css';
import { MessagesPanel } from './MessagesPanel.tsx';
import { usePanel, type PanelName } from './panel.ts';
import { PanelActionsContext } from './panelActions.tsx';
import { ScreenBoundary } from './ScreenBoundary.tsx';

const TransfersPanel = lazy(() => import('../features/transfers/TransfersPanel.tsx'));
const RestoresPanel = lazy(() => import('../features/tiers/RestoresPanel.tsx'));
const SavedPanel = lazy(() => import('../features/saved/SavedPanel.tsx'));
const HistoryPanel = lazy(() => import('../features/history/HistoryPanel.tsx'));

const panels: Record<PanelName, React.ComponentType> = { transfers: TransfersPanel, restores: RestoresPanel, history: HistoryPanel, saved: SavedPanel, messages: MessagesPanel };
const names = Object.keys(panels) as PanelName[];

/** Transfers, Restores, History, Saved queries and Messages, one at a time below the tabs. */
export function BottomPanel() {
  const { t } = useTranslation('window');
  const { shown, showPanel, setOpen } = usePanel();
  const [actions, setActions] = useState<HTMLElement | null>(null);
  const Shown = panels[shown];
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = names[(names.indexOf(shown) + step + names.length) % names.length];
    if (!next) return;
    showPanel(next);
    document.getElementById(`panel-tab-${next}`)?.focus();
  };
  return (
    <div className={styles.panel}>
      <div className={styles.header}>
        <div role="tablist" aria-label={t('panel.name')} className={styles.tabs} onKeyDown={onKeyDown}>
          {names.map((name) => (
            <button
              key={name}
              id={`panel-tab-${name}`}
              type="button"
              role="tab"
              aria-selected={name === shown}
              aria-controls="panel-body"
              tabIndex={name === shown ? 0 : -1}
              className={styles.tab}
              onClick={() => showPanel(name)}
            >
              {t(`panel.${name}`)}
            </button>
          ))}
        </div>
        <div ref={setActions} className={styles.actions} />
        <IconButton label={t('panel.close')} keys="mod+j" onClick={() => setOpen(false)}>
          <IconX size={15} />
        </IconButton>
      </div>
      <div id="panel-body" role="tabpanel" tabIndex={0} aria-labelledby={`panel-tab-${shown}`} className={styles.body}>
        <PanelActionsContext value={actions}>
          <ScreenBoundary>
            <Suspense>
              <Shown />
            </Suspense>
          </ScreenBoundary>
        </PanelActionsContext>
      </div>
    </div>
  );
}
