import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { UndoOffers } from '../features/versions/UndoOffers.tsx';
import { Splitter } from '../ui/Splitter.tsx';
import { BottomPanel } from './BottomPanel.tsx';
import { useCurrentConnection } from './connectionContext.tsx';
import { Dock } from './Dock.tsx';
import { FirstStart } from './FirstStart.tsx';
import { MfaNotices } from './MfaNotice.tsx';
import { Overlays } from './overlays.tsx';
import { Rail } from './Rail.tsx';
import { SideBar } from './SideBar.tsx';
import { SignInNotice } from './SignInNotice.tsx';
import { StatusLine } from './StatusLine.tsx';
import { TitleBar } from './TitleBar.tsx';
import { Toasts } from './Toasts.tsx';
import styles from './Window.module.css';
import { WindowCommands } from './WindowCommands.tsx';
import { usePageHabits } from './usePageHabits.ts';
import { useView } from './workspace.tsx';

const DashboardCommands = lazy(() => import('../features/dashboards/DashboardCommands.tsx'));

/** The window's regions: title, rail, side bar, dock of tabs, bottom panel, status line. */
export function Window() {
  const { t } = useTranslation('window');
  const { colour } = useCurrentConnection();
  usePageHabits();
  const [sideWidth, setSideWidth] = useView('sideWidth', 264);
  const [sideOpen] = useView('sideOpen', true);
  const [panelHeight, setPanelHeight] = useView('panelHeight', 150);
  const [panelOpen] = useView('panelOpen', false);
  return (
    <Overlays>
      <WindowCommands />
      <FirstStart />
      <Suspense>
        <DashboardCommands />
      </Suspense>
      <div className={styles.window} data-colour={colour}>
        <h1 className="visually-hidden">Secchi</h1>
        <TitleBar />
        <Rail />
        <div className={styles.middle}>
          {sideOpen && (
            <aside aria-label={t('sideBar')} className={styles.aside}>
              <div className={styles.side} style={{ width: sideWidth }}>
                <SideBar />
              </div>
              <Splitter direction="columns" label={t('resizeSide')} size={sideWidth} min={180} max={640} onResize={setSideWidth} />
            </aside>
          )}
          <main className={styles.main}>
            <SignInNotice />
            <MfaNotices />
            <div className={styles.dock}>
              <Dock />
            </div>
            {panelOpen && (
              <>
                <Splitter direction="rows" reverse label={t('resizePanel')} size={panelHeight} min={90} max={600} onResize={setPanelHeight} />
                <div className={styles.panel} style={{ height: panelHeight }}>
                  <BottomPanel />
                </div>
              </>
            )}
          </main>
        </div>
        <UndoOffers />
        <StatusLine />
        <Toasts />
      </div>
    </Overlays>
  );
}
