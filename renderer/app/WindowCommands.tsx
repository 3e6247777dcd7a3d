import { useTranslation } from 'react-i18next';
import { focusWhenThere } from '../ui/focusWhenThere.ts';
import { useOpenSync } from '../features/sync/useOpenSync.ts';
import { useCommands } from './commands.tsx';
import { useOpenTabs } from './openTabs.ts';
import { useOverlays } from './overlays.tsx';
import { usePanel } from './panel.ts';
import { useSettings } from './settings.tsx';
import { useTheme } from './themeStore.ts';
import { useView, useWorkspace } from './workspace.tsx';

/** The window's own commands and shortcuts. Those the browser keeps for itself have a second one. */
export function WindowCommands() {
  const { t } = useTranslation('window');
  const { show } = useOverlays();
  const { tabs, activeTabId, closeTab, activateTab } = useWorkspace();
  const { openSql, openObjects } = useOpenTabs();
  const openSync = useOpenSync();
  const { open, shown, showPanel, setOpen } = usePanel();
  const [sideOpen, setSideOpen] = useView('sideOpen', true);
  const [part, setPart] = useView('part', 'analyse');
  const { change } = useSettings();
  const theme = useTheme();
  const group = t('group.window');
  const step = (by: number) => {
    const at = tabs.findIndex((tab) => tab.id === activeTabId);
    activateTab(tabs[(at + by + tabs.length) % tabs.length]?.id);
  };
  const focusTree = (label: string) => {
    setSideOpen(true);
    if (part === 'move') setPart('store');
    focusWhenThere('tree', label);
  };
  useCommands([
    { id: 'palette', title: t('cmd.palette'), keys: ['mod+k', 'f1'], group, hidden: true, run: () => show('palette') },
    { id: 'sql.new', title: t('newSql'), keys: 'alt+n', group, run: () => void openSql() },
    { id: 'objects.new', title: t('newObjects'), group, run: () => openObjects() },
    { id: 'sync.new', title: t('sync:new'), group, run: () => openSync() },
    { id: 'tab.close', title: t('cmd.closeTab'), keys: ['alt+w', 'mod+w'], group, enabled: activeTabId !== undefined, run: () => activeTabId && closeTab(activeTabId) },
    { id: 'tab.next', title: t('cmd.nextTab'), keys: ['alt+pagedown', 'mod+pagedown'], group, enabled: tabs.length > 1, run: () => step(1) },
    { id: 'tab.previous', title: t('cmd.previousTab'), keys: ['alt+pageup', 'mod+pageup'], group, enabled: tabs.length > 1, run: () => step(-1) },
    { id: 'focus.buckets', title: t('cmd.focusBuckets'), keys: 'alt+b', group, run: () => focusTree(t('buckets')) },
    { id: 'focus.catalog', title: t('cmd.focusCatalog'), keys: 'alt+c', group, run: () => focusTree(t('catalog')) },
    { id: 'side.toggle', title: t('cmd.toggleSide'), keys: 'mod+b', group, run: () => setSideOpen(!sideOpen) },
    { id: 'panel.toggle', title: t('cmd.togglePanel'), keys: 'mod+j', group, run: () => (open ? setOpen(false) : showPanel(shown)) },
    { id: 'panel.transfers', title: t('cmd.showTransfers'), group, run: () => showPanel('transfers') },
    { id: 'panel.history', title: t('cmd.showHistory'), keys: 'alt+h', group, run: () => showPanel('history') },
    { id: 'panel.saved', title: t('cmd.showSaved'), keys: 'alt+s', group, run: () => showPanel('saved') },
    { id: 'panel.messages', title: t('cmd.showMessages'), group, run: () => showPanel('messages') },
    { id: 'connections', title: t('connectToAws'), group, run: () => show('connections') },
    { id: 'settings', title: t('settings'), keys: 'mod+,', group, run: () => show('settings') },
    { id: 'shortcuts', title: t('cmd.shortcuts'), keys: 'mod+/', group, run: () => show('shortcuts') },
    { id: 'theme', title: t(theme === 'dark' ? 'cmd.lightTheme' : 'cmd.darkTheme'), group, run: () => change({ theme: theme === 'dark' ? 'light' : 'dark' }) },
  ]);
  return null;
}
