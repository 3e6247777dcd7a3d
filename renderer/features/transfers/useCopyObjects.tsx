import { IconClipboard, IconCopyPlus, IconCursorText, IconFileExport, IconScissors } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCommands } from '../../app/commands.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { shortcutOf } from '../../app/keys.ts';
import { useMessages } from '../../app/messages.tsx';
import { parseS3Uri, s3Uri, type ObjectsPlace } from '../../app/openTabs.ts';
import { usePanel } from '../../app/panel.ts';
import { useTabScope } from '../../app/tabScope.tsx';
import type { MenuEntry } from '../../ui/ContextMenu.tsx';
import { usePrompt } from '../../ui/prompt.tsx';
import { holdObjects, useObjectClipboard } from './objectClipboard.ts';

interface Items {
  keys: string[];
  prefixes: string[];
}

/** Copy to, move to, rename, cut and paste of what is chosen in an objects tab: menu entries, commands and keys. */
export function useCopyObjects(place: ObjectsPlace, { keys, prefixes }: Items): MenuEntry[] {
  const { t } = useTranslation('copying');
  const client = useClient();
  const messages = useMessages();
  const prompt = usePrompt();
  const connection = useCurrentConnection();
  const { showPanel } = usePanel();
  const { isActive } = useTabScope();
  const clipboard = useObjectClipboard();
  const count = keys.length + prefixes.length;
  const readOnly = connection.readOnly ? t('readOnly') : undefined;
  const nothing = count === 0 ? t('chooseFirst') : undefined;
  const from = { connectionId: connection.id, bucket: place.bucket, keys, prefixes, basePrefix: place.prefix };

  const send = async (input: Parameters<typeof client.transfers.copy>[0]) => {
    await client.transfers.copy(input);
    showPanel('transfers');
  };
  const to = (move: boolean) =>
    prompt({
      title: t(move ? 'moveTitle' : 'copyTitle', { count }),
      label: t('target'),
      description: t(move ? 'moveHint' : 'copyHint'),
      action: t(move ? 'move' : 'copy'),
      initial: s3Uri(place.bucket, place.prefix),
      // A bare word would be taken for a bucket.
      problem: (text) => (/^s3[an]?:\/\//i.test(text.trim()) && parseS3Uri(text) ? undefined : t('noPlace')),
      submit: async (text) => {
        const target = parseS3Uri(text)!;
        const folder = target.prefix === '' || target.prefix.endsWith('/') ? target.prefix : `${target.prefix}/`;
        await send({ ...from, toBucket: target.bucket, toPrefix: folder, move });
      },
    });
  const one = count === 1 ? (prefixes[0] ?? keys[0]) : undefined;
  const rename = () => {
    if (one === undefined) return;
    const isFolder = prefixes.length === 1;
    const name = one.slice(place.prefix.length).replace(isFolder ? /\/$/ : /$^/, '');
    prompt({
      title: t('renameTitle', { name }),
      label: t('newName'),
      description: isFolder ? t('renameFolderHint') : undefined,
      action: t('rename'),
      initial: name,
      problem: (text) => (text === name ? t('sameName') : text.startsWith('/') || text.endsWith('/') ? t('noSlash') : undefined),
      submit: (text) => send({ ...from, toBucket: place.bucket, renameTo: `${place.prefix}${text}${isFolder ? '/' : ''}`, move: true }),
    });
  };
  const hold = (move: boolean) => {
    if (count === 0) return;
    holdObjects({ connectionId: connection.id, ...place, keys, prefixes, move });
    messages.notify(t(move ? 'cutDone' : 'copyDone', { count }));
  };
  const noPaste = !clipboard ? t('nothingToPaste') : readOnly;
  const paste = () => {
    if (!clipboard || noPaste) return messages.notify(noPaste ?? t('nothingToPaste'), 'warning');
    const { connectionId, bucket, prefix, move } = clipboard;
    send({ connectionId, bucket, keys: clipboard.keys, prefixes: clipboard.prefixes, basePrefix: prefix, toConnectionId: connection.id, toBucket: place.bucket, toPrefix: place.prefix, move }).then(() => move && holdObjects(null), messages.error);
  };

  const group = t('group');
  useCommands([
    { id: 'objects.copyTo', title: t('copyTo'), group, enabled: !readOnly && !nothing, run: () => to(false) },
    { id: 'objects.moveTo', title: t('moveTo'), group, enabled: !readOnly && !nothing, run: () => to(true) },
    { id: 'objects.rename', title: t('renameDots'), keys: 'f2', group, enabled: !readOnly && one !== undefined, run: rename },
    { id: 'objects.cut', title: t('cut'), group, enabled: !readOnly && !nothing, run: () => hold(true) },
    { id: 'objects.copyForPaste', title: t('copyObjects'), keys: 'mod+shift+c', group, enabled: !nothing, run: () => hold(false) },
    { id: 'objects.paste', title: t('paste'), group, enabled: !noPaste, run: paste },
  ]);

  // Cut and paste by keys only where the list has the focus: text fields have their own.
  const latest = useRef({ cut: () => hold(true), paste });
  useEffect(() => {
    latest.current = { cut: () => (readOnly ? messages.notify(readOnly, 'warning') : hold(true)), paste };
  });
  useEffect(() => {
    if (!isActive) return;
    const onKey = (event: KeyboardEvent) => {
      const inList = event.target instanceof Element && event.target.closest('[role="grid"]') !== null;
      const pressed = inList && !event.defaultPrevented ? shortcutOf(event) : null;
      const act = pressed === 'mod+x' ? latest.current.cut : pressed === 'mod+v' ? latest.current.paste : undefined;
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [isActive]);

  return [
    { label: t('copyTo'), icon: <IconCopyPlus size={15} />, disabled: readOnly ?? nothing, run: () => to(false) },
    { label: t('moveTo'), icon: <IconFileExport size={15} />, disabled: readOnly ?? nothing, run: () => to(true) },
    { label: t('renameDots'), icon: <IconCursorText size={15} />, keys: 'f2', disabled: readOnly ?? (one === undefined ? t('renameOne') : undefined), run: rename },
    { label: t('cut'), icon: <IconScissors size={15} />, keys: 'mod+x', disabled: readOnly ?? nothing, run: () => hold(true) },
    { label: t('paste'), icon: <IconClipboard size={15} />, keys: 'mod+v', disabled: noPaste, run: paste },
    'separator',
  ];
}
