import { createContext, useContext, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

/** Where the shown panel's own buttons go: the right end of the panel's header. */
export const PanelActionsContext = createContext<HTMLElement | null>(null);

export function PanelActions({ children }: { children: ReactNode }) {
  const place = useContext(PanelActionsContext);
  return place ? createPortal(children, place) : null;
}
