import { IconFolderOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ObjectFilter } from '../../../shared/contract/s3Search.ts';
import { useCommands } from '../../app/commands.tsx';
import type { MenuEntry } from '../../ui/ContextMenu.tsx';

export const SEARCH_KEYS = 'alt+s';

/** What is looked for now. `filter` undefined: nothing yet, the place's own list is shown. */
export interface Search {
  filter?: ObjectFilter;
}

export interface SearchState {
  search: Search | undefined;
  toggle(): void;
  start(filter: ObjectFilter): void;
  close(): void;
  /** The same again, from the start. */
  again(): void;
}

/** The search of one place: whether its bar is shown, and what was asked. */
export function useSearch(changed: () => void): SearchState {
  const { t } = useTranslation('search');
  const [search, setSearch] = useState<Search | undefined>();
  const set = (next: Search | undefined) => {
    setSearch(next);
    changed();
  };
  const state = {
    search,
    toggle: () => (search ? set(undefined) : setSearch({})),
    start: (filter: ObjectFilter) => set({ filter }),
    close: () => set(undefined),
    again: () => set(search?.filter && { filter: { ...search.filter } }),
  };
  useCommands([{ id: 'objects.search', title: t('searchBelow'), keys: SEARCH_KEYS, group: t('objects', { ns: 'objects' }), run: state.toggle }]);
  return state;
}

/** Menu entries of a found object. */
export function useFoundMenu(isFound: boolean, key: string | undefined, goTo: (prefix: string, select: string) => void): MenuEntry[] {
  const { t } = useTranslation('search');
  if (!isFound || key === undefined) return [];
  const folder = key.slice(0, key.lastIndexOf('/', key.length - 2) + 1);
  return [{ label: t('openFolder'), icon: <IconFolderOpen size={15} />, run: () => goTo(folder, key) }, 'separator'];
}
