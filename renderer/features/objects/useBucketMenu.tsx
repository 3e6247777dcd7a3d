import { IconBucketOff, IconChartBar, IconCopy, IconExternalLink, IconFolderPlus, IconRefresh, IconTableImport, IconTrash } from '@tabler/icons-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useConnections } from '../../app/connectionContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { s3Uri, useOpenTabs, type ObjectsPlace } from '../../app/openTabs.ts';
import { copyText } from '../../ui/clipboard.ts';
import { useConfirm } from '../../ui/confirm.tsx';
import type { MenuEntry } from '../../ui/ContextMenu.tsx';
import { usePrompt } from '../../ui/prompt.tsx';
import type { TreeItem } from '../../ui/Tree.tsx';
import { useOpenStorage } from '../tiers/useOpenStorage.ts';
import { bucketNameProblem } from './names.ts';
import { useDelete } from './useDelete.tsx';
import { useNewFolder } from './useNewFolder.ts';
import { useQueryPlace } from './useQueryPlace.ts';

/** What one can do to a bucket or folder of the tree. `reload` reads a node's children again, without an id the buckets. */
export function useBucketMenu(reload: (id?: string) => void) {
  const { t } = useTranslation('objects');
  const client = useClient();
  const messages = useMessages();
  const confirm = useConfirm();
  const prompt = usePrompt();
  const { current: connection } = useConnections();
  const { openObjects } = useOpenTabs();
  const newFolder = useNewFolder();
  const remove = useDelete();
  const query = useQueryPlace();
  const openStorage = useOpenStorage();
  const readOnly = connection.readOnly ? t('readOnlyReason') : undefined;

  const createBucket = useCallback(
    () =>
      prompt({
        title: t('newBucket'),
        label: t('bucketName'),
        description: t('bucketNameRule'),
        action: t('create'),
        problem: (name) => bucketNameProblem(name, t),
        submit: async (bucket) => {
          await client.s3.createBucket({ connectionId: connection.id, bucket });
          messages.notify(t('bucketCreated', { bucket }), 'success');
          reload();
          openObjects({ bucket, prefix: '' });
        },
      }),
    [prompt, t, client, connection.id, messages, reload, openObjects],
  );

  const deleteBucket = useCallback(
    async (bucket: string) => {
      const yes = await confirm({ title: t('deleteBucketTitle', { bucket }), body: t('deleteBucketText'), action: t('deleteBucket'), danger: true, connection });
      if (!yes) return;
      try {
        await client.s3.deleteBucket({ connectionId: connection.id, bucket });
        messages.notify(t('bucketDeleted', { bucket }), 'success');
        reload();
      } catch (error) {
        messages.error(error);
      }
    },
    [confirm, t, connection, client, messages, reload],
  );

  const menu = useCallback(
    ({ id, data }: TreeItem<ObjectsPlace>): MenuEntry[] => {
      const isBucket = data.prefix === '';
      const parentId = isBucket ? undefined : `${data.bucket}/${data.prefix.replace(/[^/]*\/$/, '')}`;
      return [
        { label: t('open'), keys: 'enter', run: () => openObjects(data) },
        { label: t('openNewTab'), icon: <IconExternalLink size={15} />, run: () => openObjects(data, { newTab: true }) },
        { label: t('copyUri'), icon: <IconCopy size={15} />, run: () => void copyText(s3Uri(data.bucket, data.prefix)) },
        { label: t('query'), icon: <IconTableImport size={15} />, run: () => void query(data) },
        { label: t('tiers:storageOf'), icon: <IconChartBar size={15} />, run: () => openStorage(data) },
        { label: t('refresh'), icon: <IconRefresh size={15} />, run: () => reload(id) },
        'separator',
        { label: t('newFolderDots'), icon: <IconFolderPlus size={15} />, disabled: readOnly, run: () => newFolder(data, () => reload(id)) },
        isBucket
          ? { label: t('deleteBucketDots'), icon: <IconBucketOff size={15} />, danger: true, disabled: readOnly, run: () => void deleteBucket(data.bucket) }
          : { label: t('deleteDots'), icon: <IconTrash size={15} />, danger: true, disabled: readOnly, run: () => void remove(data.bucket, { keys: [], prefixes: [data.prefix] }, () => reload(parentId)) },
      ];
    },
    [t, openObjects, query, openStorage, reload, readOnly, newFolder, deleteBucket, remove],
  );
  return { menu, createBucket };
}
