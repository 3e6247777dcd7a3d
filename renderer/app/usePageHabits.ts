import { useEffect } from 'react';
import { useConnections } from './connectionContext.tsx';
import { useWorkspace } from './workspace.tsx';

/** What a page does that a tool must not: leave for a dropped file. And its title says what is shown. */
export function usePageHabits(): void {
  const { tabs, activeTabId } = useWorkspace();
  const { current } = useConnections();
  const active = tabs.find(({ id }) => id === activeTabId);
  useEffect(() => {
    document.title = [active?.title, current.name, 'Secchi'].filter(Boolean).join(' – ');
  }, [active?.title, current.name]);
  useEffect(() => {
    const stay = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files') || event.defaultPrevented) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'none';
    };
    window.addEventListener('dragover', stay);
    window.addEventListener('drop', stay);
    return () => {
      window.removeEventListener('dragover', stay);
      window.removeEventListener('drop', stay);
    };
  }, []);
}
