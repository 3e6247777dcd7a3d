import { useEffect } from 'react';
import { guardTab } from '../../app/closeGuards.ts';
import { useSettings } from '../../app/settings.tsx';
import { useConfirm, type Question } from '../../ui/confirm.tsx';

/** While a tab runs queries, closing it asks first (settings: askBeforeClosingRunning); closing stops them. */
export function useAskBeforeClosing(tabId: string, busy: boolean, { title, body, action, connection }: Pick<Question, 'title' | 'body' | 'action' | 'connection'>): void {
  const confirm = useConfirm();
  const { settings } = useSettings();
  const ask = busy && settings?.askBeforeClosingRunning !== false;
  useEffect(() => {
    if (!ask) return;
    return guardTab(tabId, () => confirm({ title, body, action, danger: true, ...(connection ? { connection } : {}) }));
  }, [ask, tabId, confirm, connection, title, body, action]);
}
