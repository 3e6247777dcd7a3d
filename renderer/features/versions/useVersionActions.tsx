import { IconArrowBackUp, IconDownload, IconEye, IconGitCompare, IconHistory, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { useMessages } from '../../app/messages.tsx';
import { s3Uri } from '../../app/openTabs.ts';
import { usePanel } from '../../app/panel.ts';
import { useWorkspace } from '../../app/workspace.tsx';
import { useConfirm } from '../../ui/confirm.tsx';
import type { MenuEntry } from '../../ui/ContextMenu.tsx';
import { formatBytes, formatDate } from '../../ui/format.ts';
import { useOpenPreview } from '../preview/useOpenPreview.ts';
import { saveFromBrowser } from '../transfers/useDownload.tsx';
import type { Version, VersionRow } from './useVersions.ts';

/** What one CopyObject takes; more is copied in parts, as a transfer. */
const WHOLE_COPY = 5 * 1024 ** 3;

/** What can be done with one version: make it current, bring an object back, save it, delete it for good. */
export function useVersionActions(bucket: string, rows: readonly VersionRow[], reload: () => void): (version: Version) => MenuEntry[] {
  const { t } = useTranslation('versions');
  const client = useClient();
  const connection = useCurrentConnection();
  const confirm = useConfirm();
  const messages = useMessages();
  const openPreview = useOpenPreview();
  const { showPanel } = usePanel();
  const { openTab } = useWorkspace();
  const readOnly = connection.readOnly ? t('readOnly') : undefined;
  const connectionId = connection.id;

  const compare = (before: Version, after: Version) =>
    openTab({
      kind: 'compare',
      title: t('compare.path', { name: after.key.slice(after.key.lastIndexOf('/') + 1) }),
      params: { bucket, key: after.key, before: before.versionId, after: after.versionId },
      connectionId,
      id: `compare ${connectionId} ${s3Uri(bucket, after.key)} ${before.versionId} ${after.versionId}`,
    });

  return (version) => {
    const { key, versionId, latest, marker, size, modified } = version;
    const { current, before } = othersOf(rows, version);
    const one = { connectionId, bucket, key, versionId };
    const date = formatDate(modified, true);
    const change = async (question: { title: string; text: string; action: string; danger?: boolean }, work: () => Promise<unknown>, said: string) => {
      const { text, ...asked } = question;
      if (!(await confirm({ ...asked, body: <p>{text}</p>, connection }))) return;
      try {
        await work();
        messages.notify(said, 'success');
        reload();
      } catch (error) {
        messages.error(error);
      }
    };
    const restore = () =>
      void change(
        { title: t('restoreTitle'), text: t('restoreText', { key, date, size: formatBytes(size) }), action: t('restore') },
        () => (size > WHOLE_COPY ? client.transfers.restoreVersion(one).then(() => showPanel('transfers')) : client.s3Versions.restore(one)),
        size > WHOLE_COPY ? t('restoring', { key }) : t('restored', { key, date }),
      );
    const remove = async () => {
      const { refused } = await client.s3Versions.remove({ connectionId, bucket, versions: [{ key, versionId }] });
      if (refused[0]) throw toAppError({ data: refused[0].error });
    };
    const bringBack = () => void change({ title: t('undeleteTitle'), text: t('undeleteText', { key, date }), action: t('undelete') }, remove, t('undeleted', { key }));
    const removeForGood = () =>
      void change({ title: t('removeTitle', { count: 1 }), text: t('removeText'), action: t('remove'), danger: true }, remove, t('removed', { count: 1 }));
    const download = () =>
      client.s3Versions.download(one).then(({ url, fileName }) => saveFromBrowser(url, fileName), messages.error);

    const first: MenuEntry[] = marker
      ? [{ label: t('undelete'), icon: <IconArrowBackUp size={15} />, disabled: readOnly ?? (latest ? undefined : t('notLatest')), run: bringBack }]
      : [
          { label: t('restore'), icon: <IconHistory size={15} />, disabled: readOnly ?? (latest ? t('isCurrent') : undefined), run: restore },
          { label: t('preview'), icon: <IconEye size={15} />, run: () => openPreview({ bucket, key, versionId }) },
          { label: t('download'), icon: <IconDownload size={15} />, run: () => void download() },
          'separator',
          { label: t('compare.withCurrent'), icon: <IconGitCompare size={15} />, disabled: latest ? t('isCurrent') : current ? undefined : t('compare.noCurrent'), run: () => current && compare(version, current) },
          { label: t('compare.withBefore'), icon: <IconGitCompare size={15} />, disabled: before ? undefined : t('compare.noBefore'), run: () => before && compare(before, version) },
        ];
    return [...first, 'separator', { label: t('remove'), icon: <IconTrash size={15} />, danger: true, disabled: readOnly, run: removeForGood }];
  };
}

/** Of the listed rows: the key's current version, and the one that was current before this one. Delete markers have no content. */
function othersOf(rows: readonly VersionRow[], of: Version): { current: Version | undefined; before: Version | undefined } {
  const same = rows.filter((row): row is { kind: 'version' } & Version => row.kind === 'version' && row.key === of.key);
  const at = same.findIndex(({ versionId }) => versionId === of.versionId);
  return { current: same.find(({ latest, marker }) => latest && !marker), before: same.slice(at + 1).find(({ marker }) => !marker) };
}
