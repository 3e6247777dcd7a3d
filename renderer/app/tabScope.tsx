import { createContext, useContext } from 'react';

export interface TabScope {
  /** The tab around this component; undefined in the window's own parts. */
  tabId: string | undefined;
  /** True for the active tab, and outside tabs. */
  isActive: boolean;
}

export const TabScopeContext = createContext<TabScope>({ tabId: undefined, isActive: true });

/** Which tab a component is in, and whether that tab is the active one. */
export const useTabScope = (): TabScope => useContext(TabScopeContext);
