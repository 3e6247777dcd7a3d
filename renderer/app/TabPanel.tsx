import type { IDockviewPanelProps } from 'dockview-react';
import { Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ConnectionScope } from './connectionContext.tsx';
import { ScreenBoundary } from './ScreenBoundary.tsx';
import { tabKinds } from './tabKinds.tsx';
import styles from './TabPanel.module.css';
import { TabScopeContext } from './tabScope.tsx';
import { useWorkspace } from './workspace.tsx';

/** A tab's body: pinned to its connection, drawn by its kind, made when it is first seen. */
export function TabPanel({ api }: IDockviewPanelProps) {
  const { t } = useTranslation('window');
  const { tabs, activeTabId } = useWorkspace();
  const [seen, setSeen] = useState(api.isVisible);
  useEffect(() => {
    const subscription = api.onDidVisibilityChange(({ isVisible }) => isVisible && setSeen(true));
    return () => subscription.dispose();
  }, [api]);
  const isActive = activeTabId === api.id;
  const scope = useMemo(() => ({ tabId: api.id, isActive }), [api.id, isActive]);
  const tab = tabs.find((one) => one.id === api.id);
  if (!tab || !(seen || isActive)) return null;
  const Screen = tabKinds[tab.kind].component;
  return (
    <div className={styles.panel}>
      <ScreenBoundary>
        <ConnectionScope id={tab.connectionId}>
          <TabScopeContext value={scope}>
            <Suspense fallback={<EmptyState title={t('opening')} />}>
              <Screen tab={tab} />
            </Suspense>
          </TabScopeContext>
        </ConnectionScope>
      </ScreenBoundary>
    </div>
  );
}
