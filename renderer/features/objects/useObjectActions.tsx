import { IconCopy, IconDownload, IconFolderPlus, IconHistory, IconInfoCircle, IconRefresh, IconRefreshDot, IconTableImport, IconTrash, IconUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../app/commands.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { s3Uri, type ObjectsPlace } from '../../app/openTabs.ts';
import { copyText } from '../../ui/clipboard.ts';
import type { MenuEntry } from '../../ui/ContextMenu.tsx';
import { useMessages } from '../../app/messages.tsx';
import { usePresign } from '../presign/usePresign.tsx';
import { useCopyObjects } from '../transfers/useCopyObjects.tsx';
import { useDownload } from '../transfers/useDownload.tsx';
import { useUploadChooser } from '../transfers/useUploadChooser.ts';
import { useOpenSync } from '../sync/useOpenSync.ts';
import { useArchivedCheck } from '../tiers/useArchivedCheck.ts';
import { useTierActions } from '../tiers/useTierActions.tsx';
import { useOpenVersions } from '../versions/useOpenVersions.ts';
import { FILTER_ATTRIBUTE } from './ListingFoot.tsx';
import type { ObjectsParams } from './ObjectsTab.tsx';
import { useDelete } from './useDelete.tsx';
import { useNewFolder } from './useNewFolder.ts';
import type { PlaceHistory } from './usePlaceHistory.ts';
import { useQueryPlace } from './useQueryPlace.ts';

/** Objects one edit takes. */
const MOST_EDITED = 100_000;

interface Options {
  place: ObjectsPlace;
  items: { keys: string[]; prefixes: string[]; bytes: number; archived: string[] };
  goTo(place: ObjectsParams): void;
  up(): void;
  reload(): void;
  /** The details of one object, or of several at once. */
  showProperties(keys: readonly string[]): void;
  focusGrid(): void;
  history: PlaceHistory;
}

export interface ObjectActions {
  uploadFiles(): void;
  uploadFolder(): void;
  download(): void;
  newFolder(): void;
  remove(): void;
  copyUri(): void;
  query(): void;
  sync(): void;
  /** Why nothing can be changed here; undefined where it can. */
  readOnly: string | undefined;
  menu: MenuEntry[];
}

/** What one can do in an objects tab, once: for the tool bar, the context menu, the palette and the keys. */
export function useObjectActions({ place, items, goTo, up, reload, showProperties, focusGrid, history }: Options): ObjectActions {
  const { t } = useTranslation('objects');
  const connection = useCurrentConnection();
  const messages = useMessages();
  const askFolder = useNewFolder();
  const askDelete = useDelete();
  const queryPlace = useQueryPlace();
  const openVersions = useOpenVersions();
  const openSync = useOpenSync();
  const downloadItems = useDownload();
  const chooseAndUpload = useUploadChooser();
  const canRead = useArchivedCheck();
  const { keys, prefixes } = items;
  const presign = usePresign(place, keys);
  const count = prefixes.length + keys.length;
  // A million texts are made when something is done with them, not whenever the selection changes.
  const chosen = () => [...prefixes, ...keys];
  const readOnly = connection.readOnly ? t('readOnlyReason') : undefined;
  const one = count === 1 ? (prefixes[0] ?? keys[0]) : undefined;

  const uploadFiles = () => chooseAndUpload(place, 'files');
  const uploadFolder = () => chooseAndUpload(place, 'folder');
  const download = async () => {
    if (await canRead(place.bucket, items.archived)) await downloadItems({ ...place, keys, prefixes: count > 0 ? prefixes : [place.prefix] });
  };
  const newFolder = () =>
    askFolder(place, (prefix) => {
      reload();
      goTo({ ...place, select: prefix });
    });
  const remove = () => {
    if (readOnly) messages.notify(readOnly, 'warning');
    else void askDelete(place.bucket, { keys, prefixes });
  };
  const copyUri = () => {
    const uris = count > 0 ? chosen().map((key) => s3Uri(place.bucket, key)) : [s3Uri(place.bucket, place.prefix)];
    void copyText(uris.join('\n'));
    messages.notify(t('copied', { count: uris.length }));
  };
  const query = () => void queryPlace({ bucket: place.bucket, prefix: one ?? place.prefix });
  const sync = () => openSync({ bucket: place.bucket, prefix: prefixes.length === 1 ? prefixes[0]! : place.prefix });
  const hasDetails = prefixes.length === 0 && keys.length > 0 && keys.length <= MOST_EDITED;
  const properties = () => hasDetails && showProperties(keys);
  const focusFilter = () => {
    // Several objects tabs may be there; the active one is the one that is shown.
    const fields = [...document.querySelectorAll<HTMLInputElement>(`[${FILTER_ATTRIBUTE}] input`)];
    fields.find((field) => field.checkVisibility({ visibilityProperty: true }))?.focus();
  };

  const tierEntries = useTierActions({ place, items });
  const versions = () => openVersions({ ...place, ...(one !== undefined && (keys.length === 1 ? { key: one } : { prefix: one })) });

  const copying = useCopyObjects(place, items);
  const group = t('objects');
  useCommands([
    { id: 'objects.upload', title: t('uploadFiles'), group, enabled: !readOnly, run: uploadFiles },
    { id: 'objects.uploadFolder', title: t('uploadFolder'), group, enabled: !readOnly, run: uploadFolder },
    { id: 'objects.download', title: t('download'), keys: 'mod+shift+d', group, run: () => void download() },
    { id: 'objects.newFolder', title: t('newFolder'), keys: 'mod+shift+f', group, enabled: !readOnly, run: newFolder },
    { id: 'objects.delete', title: t('delete'), group, enabled: !readOnly && count > 0, run: remove },
    { id: 'objects.query', title: t('query'), keys: 'alt+q', group, run: query },
    { id: 'objects.properties', title: t('properties'), keys: 'alt+enter', group, enabled: hasDetails, run: properties },
    { id: 'objects.versions', title: t('open', { ns: 'versions' }), keys: 'alt+v', group, run: versions },
    { id: 'objects.sync', title: t('open', { ns: 'sync' }), group, run: sync },
    { id: 'objects.filter', title: t('filterList'), keys: 'mod+f', group, run: focusFilter },
    { id: 'objects.list', title: t('goToList'), keys: 'alt+l', group, hidden: true, run: focusGrid },
    { id: 'objects.refresh', title: t('refresh'), keys: ['f5', 'mod+r'], group, run: reload },
    { id: 'objects.up', title: t('up'), keys: 'alt+up', group, enabled: place.prefix !== '', run: up },
    { id: 'objects.back', title: t('back'), keys: 'alt+left', group, enabled: history.back !== undefined, run: () => history.back?.() },
    { id: 'objects.forward', title: t('forward'), keys: 'alt+right', group, enabled: history.forward !== undefined, run: () => history.forward?.() },
  ]);

  const menu: MenuEntry[] = [
    ...(prefixes.length === 1 && one !== undefined ? ([{ label: t('open'), keys: 'enter', run: () => goTo({ bucket: place.bucket, prefix: one }) }] as MenuEntry[]) : []),
    { label: t('download'), icon: <IconDownload size={15} />, keys: 'mod+shift+d', run: () => void download() },
    { label: t('query'), icon: <IconTableImport size={15} />, keys: 'alt+q', run: query },
    { label: t(count > 1 ? 'copyUris' : 'copyUri'), icon: <IconCopy size={15} />, keys: 'mod+c', run: copyUri },
    presign,
    { label: t('propertiesDots'), icon: <IconInfoCircle size={15} />, keys: 'alt+enter', disabled: hasDetails ? undefined : t('propertiesOfObjects'), run: properties },
    { label: t('openDots', { ns: 'versions' }), icon: <IconHistory size={15} />, keys: 'alt+v', run: versions },
    'separator',
    ...copying,
    { label: t('openDots', { ns: 'sync' }), icon: <IconRefreshDot size={15} />, run: sync },
    { label: t('uploadFilesDots'), icon: <IconUpload size={15} />, disabled: readOnly, run: uploadFiles },
    { label: t('newFolderDots'), icon: <IconFolderPlus size={15} />, disabled: readOnly, run: newFolder },
    { label: t('refresh'), icon: <IconRefresh size={15} />, keys: 'f5', run: reload },
    'separator',
    ...tierEntries,
    'separator',
    { label: t('deleteDots'), icon: <IconTrash size={15} />, keys: 'delete', danger: true, disabled: readOnly, run: remove },
  ];
  return { uploadFiles, uploadFolder, download: () => void download(), newFolder, remove, copyUri, query, sync, readOnly, menu };
}
