import { IconRulerMeasure } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../app/commands.tsx';
import type { Client } from '../../client.ts';
import type { MenuEntry } from '../../ui/ContextMenu.tsx';
import type { Listing } from './listing.ts';
import type { RowSet } from './rowSet.ts';
import { useFolderSizes } from './useFolderSizes.ts';

/** Counting what is in folders: of the selected ones, or of all that are listed. */
export function useSizesMenu(client: Client, listing: Listing, rows: RowSet, selectedFolders: number): { menu: MenuEntry[]; stop: (() => void) | undefined } {
  const { t } = useTranslation('objects');
  const { calculate, stop } = useFolderSizes(client, listing);
  const counting = [...listing.folderSizes.values()].some(({ state }) => state === 'counting');
  const hasFolders = listing.folders.length > 0;
  const all = () => calculate([...listing.folders.filled()]);
  const chosen = () => calculate([...rows].filter((row) => listing.isFolder(row)));
  const group = t('objects');
  useCommands([
    { id: 'objects.sizes', title: t('calculateSizes'), group, enabled: hasFolders, run: all },
    { id: 'objects.stopSizes', title: t('stopSizes'), group, enabled: counting, run: stop },
  ]);
  const menu: MenuEntry[] =
    selectedFolders > 0
      ? [{ label: t('calculateSize', { count: selectedFolders }), icon: <IconRulerMeasure size={15} />, run: chosen }]
      : [{ label: t('calculateSizes'), icon: <IconRulerMeasure size={15} />, disabled: hasFolders ? undefined : t('noFoldersHere'), run: all }];
  return { menu, stop: counting ? stop : undefined };
}
