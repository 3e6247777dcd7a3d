import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Tab, WorkspaceState } from '../../shared/contract/workspace.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorNotice } from '../ui/ErrorNotice.tsx';
import { useClient } from './clientContext.tsx';
import { closeGuard } from './closeGuards.ts';
import { toAppError } from './errors.ts';
import { useSaved } from './savedWorkspace.ts';

export type { Tab };
export type TabKind = Tab['kind'];

type Params = Record<string, unknown>;

export interface NewTab {
  kind: TabKind;
  title: string;
  params: Record<string, unknown>;
  /** Where the tab looks; the current connection when left out. A tab stays with its connection. */
  connectionId?: string;
  /** A tab of this id that is already open is shown, with the new params, instead of a second one. */
  id?: string;
}

export interface Workspace {
  tabs: readonly Tab[];
  activeTabId: string | undefined;
  connectionId: string | undefined;
  layout: unknown;
  view: Readonly<Record<string, unknown>>;
  /** Opens (or shows) a tab and makes it active; answers its id. */
  openTab(tab: NewTab): string;
  closeTab(id: string): void;
  /** `params` as a function: of those that are there when it is applied. */
  updateTab(id: string, change: { title?: string; params?: Params | ((before: Params) => Params) }): void;
  activateTab(id: string | undefined): void;
  setConnectionId(id: string): void;
  setLayout(layout: unknown): void;
  setView(key: string, value: unknown): void;
}

const WorkspaceContext = createContext<Workspace | null>(null);

/** The open tabs and the window's arrangement; both come back after a restart. */
export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error('useWorkspace is used outside WorkspaceProvider.');
  return workspace;
}

/** One value of the window's arrangement (a width, a chosen part), kept over restarts. */
export function useView<T>(key: string, initial: T): [T, (value: T) => void] {
  const { view, setView } = useWorkspace();
  const set = useCallback((value: T) => setView(key, value), [key, setView]);
  return [(view[key] as T | undefined) ?? initial, set];
}

function Loaded({ initial, children }: { initial: WorkspaceState; children: ReactNode }) {
  const [state, setState] = useState(initial);
  useSaved(state, initial);
  const patch = useCallback((change: (before: WorkspaceState) => Partial<WorkspaceState>) => {
    setState((before) => ({ ...before, ...change(before) }));
  }, []);
  const actions = useMemo(() => {
    const openTab = (tab: NewTab): string => {
      const id = tab.id ?? crypto.randomUUID();
      patch((before) => {
        const open = before.tabs.find((one) => one.id === id);
        if (open) return { activeTab: id, tabs: before.tabs.map((one) => (one === open ? { ...one, title: tab.title, params: tab.params } : one)) };
        const connectionId = tab.connectionId ?? before.connectionId ?? 'local';
        return { activeTab: id, tabs: [...before.tabs, { id, connectionId, kind: tab.kind, title: tab.title, params: tab.params }] };
      });
      return id;
    };
    const removeTab = (id: string) =>
      patch((before) => {
        const at = before.tabs.findIndex((tab) => tab.id === id);
        if (at < 0) return {};
        const tabs = before.tabs.filter((tab) => tab.id !== id);
        const activeTab = before.activeTab === id ? (tabs[at] ?? tabs[at - 1])?.id : before.activeTab;
        return { tabs, activeTab };
      });
    const closeTab = (id: string) => {
      const guard = closeGuard(id);
      if (guard) void guard().then((may) => may && removeTab(id));
      else removeTab(id);
    };
    const updateTab: Workspace['updateTab'] = (id, change) =>
      patch((before) => ({
        tabs: before.tabs.map((tab) => {
          if (tab.id !== id) return tab;
          const { title = tab.title, params = tab.params } = change;
          return { ...tab, title, params: typeof params === 'function' ? params(tab.params) : params };
        }),
      }));
    const setView = (key: string, value: unknown) => patch((before) => (before.view[key] === value ? {} : { view: { ...before.view, [key]: value } }));
    return {
      openTab,
      closeTab,
      updateTab,
      setView,
      activateTab: (activeTab: string | undefined) => patch(() => ({ activeTab })),
      setConnectionId: (connectionId: string) => patch(() => ({ connectionId })),
      setLayout: (layout: unknown) => patch(() => ({ layout })),
    };
  }, [patch]);
  const value = useMemo(
    () => ({ ...actions, tabs: state.tabs, activeTabId: state.activeTab, connectionId: state.connectionId, layout: state.layout, view: state.view }),
    [actions, state],
  );
  return <WorkspaceContext value={value}>{children}</WorkspaceContext>;
}

/** Reads the workspace of last time, then renders the window with it. */
export function WorkspaceProvider({ children }: { children: ReactNode }) {
  const client = useClient();
  const { t } = useTranslation('window');
  const [initial, setInitial] = useState<WorkspaceState | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    client.workspace.load().then(setInitial, setError);
  }, [client]);
  if (initial) return <Loaded initial={initial}>{children}</Loaded>;
  if (!error) return <EmptyState title={t('connecting')} />;
  return (
    <EmptyState title={t('noWorkspace')}>
      <ErrorNotice error={toAppError(error)} onRetry={() => setInitial({ tabs: [], view: {} })} />
    </EmptyState>
  );
}
