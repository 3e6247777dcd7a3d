import { useSyncExternalStore } from 'react';
import type { Settings } from '../../shared/contract/workspace.ts';

export type Theme = 'dark' | 'light';

const preference = window.matchMedia('(prefers-color-scheme: light)');
const listeners = new Set<() => void>();
let chosen: Settings['theme'] = 'system';

const current = (): Theme => (chosen === 'system' ? (preference.matches ? 'light' : 'dark') : chosen);
const tell = () => listeners.forEach((listener) => listener());

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) preference.addEventListener('change', tell);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) preference.removeEventListener('change', tell);
  };
}

export function setTheme(theme: Settings['theme']): void {
  chosen = theme;
  tell();
}

/** The theme in force: the setting, or what the system prefers. Editors and charts follow it. */
export const useTheme = (): Theme => useSyncExternalStore(subscribe, current);
