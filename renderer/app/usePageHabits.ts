import { useEffect } from 'react';
import { isAnyGuarded } from './closeGuards.ts';
import { useConnections } from './connectionContext.tsx';
import { returnFocusFromDialogs } from './focusReturn.ts';
import { useWorkspace } from './workspace.tsx';

/**
 * What a page does that a tool must not: leave for a dropped file, or while queries run, or lose the focus with a dialog.
 * And its title says what is shown.
 */
export function usePageHabits(): void {
  const { tabs, activeTabId } = useWorkspace();
  const { current } = useConnections();
  const active = tabs.find(({ id }) => id === activeTabId);
  useEffect(() => {
    document.title = [active?.title, current.name, 'Secchi'].filter(Boolean).join(' – ');
  }, [active?.title, current.name]);
  useEffect(returnFocusFromDialogs, []);
  useEffect(() => {
    const stay = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files') || event.defaultPrevented) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'none';
    };
    // The page cannot say more than the browser's own words; the desktop app asks in its own.
    const leave = (event: BeforeUnloadEvent) => {
      if (isAnyGuarded()) event.preventDefault();
    };
    window.addEventListener('beforeunload', leave);
    window.addEventListener('dragover', stay);
    window.addEventListener('drop', stay);
    return () => {
      window.removeEventListener('beforeunload', leave);
      window.removeEventListener('dragover', stay);
      window.removeEventListener('drop', stay);
    };
  }, []);
}
