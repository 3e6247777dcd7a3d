import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMessages } from '../../app/messages.tsx';
import { useSettings } from '../../app/settings.tsx';
import { notifyBySystem } from '../../app/systemNotice.ts';
import { useWorkspace, type Tab } from '../../app/workspace.tsx';
import { formatDuration } from '../../ui/format.ts';
import type { Execution } from './useRunner.ts';

/** Shorter runs end before one has gone elsewhere. */
const LONG_MS = 10_000;

/** Says that a long run has ended, where its tab is not looked at; by the system, where the whole window is not. */
export function useLongRunNotice(tab: Tab, executions: readonly Execution[], busy: boolean, isActive: boolean): void {
  const { t } = useTranslation('sql');
  const messages = useMessages();
  const { settings } = useSettings();
  const { activateTab } = useWorkspace();
  const began = useRef<number | null>(null);
  useEffect(() => {
    if (busy) {
      began.current ??= Date.now();
      return;
    }
    const since = began.current;
    began.current = null;
    const last = executions.at(-1);
    if (since === null || Date.now() - since < LONG_MS || !last || (isActive && document.hasFocus())) return;
    const state = last.error ? 'failed' : (last.run?.state ?? 'failed');
    if (state === 'cancelled') return;
    const text = t(`ended.${state === 'succeeded' ? 'succeeded' : 'failed'}`, { tab: tab.title, time: formatDuration(Date.now() - since) });
    const show = () => activateTab(tab.id);
    messages.notify(text, state === 'succeeded' ? 'success' : 'error', { label: t('ended.show'), run: show });
    if (settings?.notifyLongRuns) notifyBySystem(text, show);
    // Told once, when it ends.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [busy]);
}
