import { DockviewReact, type DockviewApi, type DockviewReadyEvent, type DockviewTheme, type SerializedDockview } from 'dockview-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { DockTab } from './DockTab.tsx';
import { NewTabButton } from './NewTabButton.tsx';
import { TabPanel } from './TabPanel.tsx';
import { useTheme } from './themeStore.ts';
import { Welcome } from './Welcome.tsx';
import { useWorkspace, type Workspace } from './workspace.tsx';

const LAYOUT_DELAY_MS = 150;
const components = { tab: TabPanel };

/** Puts last time's splits back; a layout this version cannot read is dropped, the tabs themselves are not. */
function restore(api: DockviewApi, { layout, tabs }: Workspace): void {
  if (!layout) return;
  try {
    api.fromJSON(layout as SerializedDockview);
  } catch {
    api.clear();
  }
  const known = new Set(tabs.map((tab) => tab.id));
  for (const panel of [...api.panels]) if (!known.has(panel.id)) api.removePanel(panel);
}

/** Where the keys go in a tab that comes to the front: its editor, its grid, or what else comes first. */
function focusInside(content: HTMLElement): void {
  for (const wanted of ['.monaco-editor textarea', '[role="grid"], [role="treegrid"]', '[tabindex="0"], button:enabled']) {
    const found = content.querySelector<HTMLElement>(wanted);
    if (!found) continue;
    const target = found.matches('[role="grid"]:not([tabindex])') ? found.querySelector<HTMLElement>('[tabindex="0"]') : found;
    return target?.focus({ preventScroll: true });
  }
}

/** Makes the dock show exactly the workspace's tabs. A tab that is closed leaves the keys to the one that is shown in its place. */
function follow(api: DockviewApi, { tabs, activeTabId }: Workspace): void {
  const known = new Set(tabs.map((tab) => tab.id));
  const gone = api.panels.filter((panel) => !known.has(panel.id));
  for (const panel of gone) api.removePanel(panel);
  for (const tab of tabs) {
    const panel = api.getPanel(tab.id);
    if (!panel) api.addPanel({ id: tab.id, component: 'tab', title: tab.title, renderer: 'always' });
    else if (panel.title !== tab.title) panel.api.setTitle(tab.title);
  }
  if (activeTabId && api.activePanel?.id !== activeTabId) api.getPanel(activeTabId)?.api.setActive();
  // Once the browser has drawn it: what is hidden takes no focus. Who types elsewhere goes on there.
  if (gone.length > 0)
    requestAnimationFrame(() => {
      if (document.activeElement === document.body && api.activePanel) focusInside(api.activePanel.view.content.element);
    });
}

/** The splittable tabs (dockview): the workspace says which there are, the dock where they are. */
export function Dock() {
  const workspace = useWorkspace();
  const latest = useRef(workspace);
  const colorScheme = useTheme();
  const theme = useMemo<DockviewTheme>(() => ({ name: 'secchi', className: 'dockview-theme-secchi', colorScheme, dndTabIndicator: 'line' }), [colorScheme]);
  const [api, setApi] = useState<DockviewApi | null>(null);

  useEffect(() => {
    latest.current = workspace;
  });

  useEffect(() => {
    if (!api) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const saveLayout = () => {
      clearTimeout(timer);
      timer = setTimeout(() => latest.current.setLayout(api.toJSON()), LAYOUT_DELAY_MS);
    };
    // Told again of the panel that was active before (its editor took the focus): a tab opened meanwhile stays the active one.
    let active = api.activePanel?.id;
    const subscriptions = [
      api.onDidActivePanelChange(({ panel }) => {
        if (panel?.id === active) return;
        active = panel?.id;
        latest.current.activateTab(active);
      }),
      api.onDidRemovePanel((panel) => latest.current.closeTab(panel.id)),
      api.onDidLayoutChange(saveLayout),
    ];
    return () => {
      clearTimeout(timer);
      for (const subscription of subscriptions) subscription.dispose();
    };
  }, [api]);

  const { tabs, activeTabId } = workspace;
  useEffect(() => {
    if (api) follow(api, latest.current);
  }, [api, tabs, activeTabId]);

  const onReady = (event: DockviewReadyEvent) => {
    restore(event.api, latest.current);
    setApi(event.api);
  };
  return (
    <DockviewReact
      components={components}
      defaultTabComponent={DockTab}
      leftHeaderActionsComponent={NewTabButton}
      watermarkComponent={Welcome}
      theme={theme}
      onReady={onReady}
      disableFloatingGroups
      noPanelsOverlay="emptyGroup"
    />
  );
}
