import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import type { Settings } from '../../shared/contract/workspace.ts';
import { setLanguage } from '../i18n/index.ts';
import { useClient } from './clientContext.tsx';
import { useMessages } from './messages.tsx';
import { setTheme } from './themeStore.ts';

const KEY = ['settings'];

/** The app's settings and how to change them; theme and language follow at once. */
export function useSettings(): { settings: Settings | undefined; change(part: Partial<Settings>): void } {
  const client = useClient();
  const cache = useQueryClient();
  const messages = useMessages();
  const { data: settings } = useQuery({ queryKey: KEY, queryFn: () => client.workspace.settings(), staleTime: Infinity });
  const change = useCallback(
    (part: Partial<Settings>) => {
      const before = cache.getQueryData<Settings>(KEY);
      if (before) cache.setQueryData(KEY, { ...before, ...part });
      client.workspace.changeSettings(part).then(
        (saved) => cache.setQueryData(KEY, saved),
        (error: unknown) => {
          cache.setQueryData(KEY, before);
          messages.error(error);
        },
      );
    },
    [cache, client, messages],
  );
  return { settings, change };
}

/** Applies theme and language as the settings say; renders nothing. */
export function ApplySettings() {
  const { settings } = useSettings();
  useEffect(() => {
    if (!settings) return;
    setTheme(settings.theme);
    setLanguage(settings.language);
  }, [settings]);
  return null;
}
