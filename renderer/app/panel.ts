import { useCallback } from 'react';
import { useView } from './workspace.tsx';

export type PanelName = 'transfers' | 'restores' | 'history' | 'saved' | 'messages';

/** The bottom panel: which part it shows, and whether it is open. */
export function usePanel() {
  const [open, setOpen] = useView('panelOpen', false);
  const [shown, setShown] = useView<PanelName>('panel', 'transfers');
  const showPanel = useCallback(
    (name: PanelName) => {
      setShown(name);
      setOpen(true);
    },
    [setShown, setOpen],
  );
  return { open, shown, showPanel, setOpen };
}
