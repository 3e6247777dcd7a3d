import { IconBucketOff, IconChartBar, IconCopy, IconExternalLink, IconFolderPlus, IconProgressX, IconRecycle, IconRefresh, IconRefreshDot, IconSettings2, IconTableImport, IconTrash, IconTrashX, IconX } from '@tabler/icons-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnections } from '../../app/connectionContext.tsx';
import { useOpenBucket } from '../../app/openBucket.ts';
import { s3Uri, useOpenTabs, type ObjectsPlace } from '../../app/openTabs.ts';
import { copyText } from '../../ui/clipboard.ts';
import type { MenuEntry } from '../../ui/ContextMenu.tsx';
import type { TreeItem } from '../../ui/Tree.tsx';
import { useOpenStorage } from '../tiers/useOpenStorage.ts';
import { useOpenSync } from '../sync/useOpenSync.ts';
import { useBucketDialogs } from '../bucket/useBucketDialogs.tsx';
import type { TypedPlaces } from '../bucket/useTypedPlaces.ts';
import { useDelete } from './useDelete.tsx';
import { useNewFolder } from './useNewFolder.ts';
import { useQueryPlace } from './useQueryPlace.ts';

/** What one can do to a bucket or folder of the tree. `reload` reads a node's children again, without an id the buckets. */
export function useBucketMenu(reload: (id?: string) => void, typed: TypedPlaces) {
  const { t } = useTranslation('objects');
  const { t: ofBucket } = useTranslation('bucket');
  const openBucket = useOpenBucket();
  const { current: connection } = useConnections();
  const { openObjects } = useOpenTabs();
  const newFolder = useNewFolder();
  const remove = useDelete();
  const query = useQueryPlace();
  const openStorage = useOpenStorage();
  const openSync = useOpenSync();
  const { createBucket, emptyBucket, deleteBucket, dialogs } = useBucketDialogs((created) => {
    reload();
    if (created) openObjects({ bucket: created, prefix: '' });
  });
  const readOnly = connection.readOnly ? t('readOnlyReason') : undefined;

  const menu = useCallback(
    ({ id, data }: TreeItem<ObjectsPlace>): MenuEntry[] => {
      const isTyped = typed.ids.includes(id);
      const isBucket = data.prefix === '';
      const parentId = isBucket ? undefined : `${data.bucket}/${data.prefix.replace(/[^/]*\/$/, '')}`;
      return [
        { label: t('open'), keys: 'enter', run: () => openObjects(data) },
        { label: t('openNewTab'), icon: <IconExternalLink size={15} />, run: () => openObjects(data, { newTab: true }) },
        { label: t('copyUri'), icon: <IconCopy size={15} />, run: () => void copyText(s3Uri(data.bucket, data.prefix)) },
        { label: t('query'), icon: <IconTableImport size={15} />, run: () => void query(data) },
        { label: t('tiers:storageOf'), icon: <IconChartBar size={15} />, run: () => openStorage(data) },
        { label: t('sync:openDots'), icon: <IconRefreshDot size={15} />, run: () => openSync(data) },
        { label: t('refresh'), icon: <IconRefresh size={15} />, run: () => reload(id) },
        'separator',
        ...(isBucket
          ? [
              { label: ofBucket('menuProperties'), icon: <IconSettings2 size={15} />, run: () => openBucket(data.bucket) },
              { label: ofBucket('menuLifecycle'), icon: <IconRecycle size={15} />, run: () => openBucket(data.bucket, 'lifecycle') },
              { label: ofBucket('menuUploads'), icon: <IconProgressX size={15} />, run: () => openBucket(data.bucket, 'uploads') },
            ]
          : []),
        ...(isTyped ? [{ label: ofBucket('forget'), icon: <IconX size={15} />, run: () => typed.forget(id) }] : []),
        'separator',
        { label: t('newFolderDots'), icon: <IconFolderPlus size={15} />, disabled: readOnly, run: () => newFolder(data, () => reload(id)) },
        ...(isBucket ? [{ label: ofBucket('menuEmpty'), icon: <IconTrashX size={15} />, danger: true, disabled: readOnly, run: () => emptyBucket(data.bucket) }] : []),
        isBucket
          ? { label: t('deleteBucketDots'), icon: <IconBucketOff size={15} />, danger: true, disabled: readOnly, run: () => deleteBucket(data.bucket) }
          : { label: t('deleteDots'), icon: <IconTrash size={15} />, danger: true, disabled: readOnly, run: () => void remove(data.bucket, { keys: [], prefixes: [data.prefix] }, () => reload(parentId)) },
      ];
    },
    [t, ofBucket, openBucket, openStorage, openSync, typed, openObjects, query, reload, readOnly, newFolder, emptyBucket, deleteBucket, remove],
  );
  return { menu, createBucket, dialogs };
}
