import { IconChartBar, IconSnowflakeOff, IconStack2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../app/commands.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import type { ObjectsPlace } from '../../app/openTabs.ts';
import type { MenuEntry } from '../../ui/ContextMenu.tsx';
import { useTierDialogs } from './tierDialogs.ts';
import { useOpenStorage } from './useOpenStorage.ts';

/** What an objects tab offers about storage classes: for what is chosen, else for the place itself. */
export function useTierActions({ place, items }: { place: ObjectsPlace; items: { keys: string[]; prefixes: string[] } }): MenuEntry[] {
  const { t } = useTranslation('tiers');
  const { id: connectionId, readOnly, name } = useCurrentConnection();
  const { changeClass, restore, showPrices } = useTierDialogs();
  const openStorage = useOpenStorage();
  const { keys } = items;
  const prefixes = keys.length + items.prefixes.length > 0 ? items.prefixes : [place.prefix];
  const selection = { connectionId, bucket: place.bucket, keys, prefixes };
  const reason = readOnly ? t('readOnly', { name }) : undefined;
  const entries = [
    { id: 'tiers.change', title: t('changeTitle'), label: t('changeDots'), icon: <IconStack2 size={15} />, disabled: reason, run: () => changeClass(selection) },
    { id: 'tiers.restore', title: t('restoreTitle'), label: t('restoreDots'), icon: <IconSnowflakeOff size={15} />, disabled: reason, run: () => restore(selection) },
    {
      id: 'tiers.storage',
      title: t('storageOf'),
      label: t('storageOf'),
      icon: <IconChartBar size={15} />,
      disabled: undefined,
      run: () => openStorage({ bucket: place.bucket, prefix: keys.length === 0 && prefixes.length === 1 ? prefixes[0]! : place.prefix }),
    },
  ];
  useCommands([
    ...entries.map(({ id, title, disabled, run }) => ({ id, title, group: t('storage'), enabled: disabled === undefined, run })),
    { id: 'tiers.prices', title: t('prices'), group: t('storage'), run: () => showPrices() },
  ]);
  return entries.map(({ label, icon, disabled, run }) => ({ label, icon, disabled, run }));
}
