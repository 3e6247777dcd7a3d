import { Menu } from '@mantine/core';
import { IconBookmark, IconBookmarkPlus, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SavedPair } from '../../../shared/contract/sync.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useCommands } from '../../app/commands.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { MenuEntries, type MenuEntry } from '../../ui/ContextMenu.tsx';
import { usePrompt } from '../../ui/prompt.tsx';
import { ToolButton } from '../../ui/Toolbar.tsx';
import { placeName, placeOf, type SyncParams } from './syncParams.ts';

interface Props {
  params: SyncParams;
  /** A saved pair is taken up. */
  onPair(params: Partial<SyncParams>): void;
  onSaved(id: string): void;
}

const isOf = (id: string) => ({ from, to }: SavedPair) => [from, to].some((place) => place.kind === 'bucket' && place.connectionId === id);

/** Pairs kept by name, to be planned again: those of the tab's connection. */
export function SavedPairs({ params, onPair, onSaved }: Props) {
  const { t } = useTranslation('sync');
  const client = useClient();
  const cache = useQueryClient();
  const messages = useMessages();
  const prompt = usePrompt();
  const { id: connectionId } = useCurrentConnection();
  const { data = [] } = useQuery({ queryKey: ['syncPairs'], queryFn: ({ signal }) => client.sync.pairs(undefined, { signal }) });
  const pairs = data.filter(isOf(connectionId));
  const now = pairs.find(({ id }) => id === params.pair);
  const { from, to, options, deleteGone } = params;
  const reload = () => cache.invalidateQueries({ queryKey: ['syncPairs'] });

  const save = () => {
    if (!from || !to) return;
    prompt({
      title: t('savePair'),
      label: t('pairName'),
      description: t('pairText', { from: placeName(from), to: placeName(to) }),
      action: t('save'),
      initial: now?.name ?? '',
      submit: async (name) => {
        const id = pairs.find((pair) => pair.name === name)?.id;
        const saved = await client.sync.savePair({ id, name, from: placeOf(from), to: placeOf(to), options, deleteGone });
        onSaved(saved.id);
        await reload();
      },
    });
  };
  const remove = () => now && client.sync.removePair({ id: now.id }).then(reload, messages.error);
  const entries: MenuEntry[] = [
    ...pairs.map((pair): MenuEntry => ({ label: pair.name, icon: <IconBookmark size={15} />, run: () => onPair({ from: pair.from, to: pair.to, options: pair.options, deleteGone: pair.deleteGone, pair: pair.id }) })),
    ...(pairs.length > 0 ? (['separator'] as const) : []),
    { label: t('savePairDots'), icon: <IconBookmarkPlus size={15} />, disabled: from && to ? undefined : t('choosePlaces'), run: save },
    { label: now ? t('removePair', { name: now.name }) : t('removeThisPair'), icon: <IconTrash size={15} />, danger: true, disabled: now ? undefined : t('noPairChosen'), run: () => void remove() },
  ];
  useCommands([{ id: 'sync.save', title: t('savePair'), group: t('sync'), enabled: from !== undefined && to !== undefined, run: save }]);
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <ToolButton icon={<IconBookmark size={15} aria-hidden />}>{now?.name ?? t('pairs')}</ToolButton>
      </Menu.Target>
      <Menu.Dropdown>
        <MenuEntries entries={entries} />
      </Menu.Dropdown>
    </Menu>
  );
}
