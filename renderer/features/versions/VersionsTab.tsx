import { Menu } from '@mantine/core';
import { IconArrowUp, IconDots, IconFolder, IconRefresh, IconTrashX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../app/commands.tsx';
import { toAppError } from '../../app/errors.ts';
import { s3Uri } from '../../app/openTabs.ts';
import { useWorkspace, type Tab } from '../../app/workspace.tsx';
import { MenuEntries } from '../../ui/ContextMenu.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatBytes, formatDate, formatNumber } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Toolbar, ToolbarSpace } from '../../ui/Toolbar.tsx';
import { BucketButton } from '../bucket/BucketButton.tsx';
import { VirtualTable } from '../catalog/VirtualTable.tsx';
import { visibleName } from '../objects/listingView.ts';
import { className } from '../tiers/classNames.ts';
import { useVersionActions } from './useVersionActions.tsx';
import { useVersions, type Version, type VersionRow, type VersionsPlace } from './useVersions.ts';
import styles from './versions.module.css';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Every version below a prefix, or of one object, the newest of a key first. */
export default function VersionsTab({ tab }: { tab: Tab }) {
  const { t } = useTranslation('versions');
  const { updateTab } = useWorkspace();
  const place: VersionsPlace = { bucket: text(tab.params.bucket), prefix: text(tab.params.prefix), key: text(tab.params.key) || undefined };
  const { bucket, prefix, key } = place;
  const { rows, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useVersions(place);
  const reload = () => void refetch();
  const actionsOf = useVersionActions(bucket, rows, reload);
  const goTo = (next: string) => updateTab(tab.id, { params: { bucket, prefix: next }, title: t('path', { uri: s3Uri(bucket, next) }) });
  const up = prefix === '' && key === undefined ? undefined : () => goTo(key === undefined ? prefix.replace(/[^/]*\/?$/, '') : key.slice(0, key.lastIndexOf('/') + 1));
  useCommands([{ id: 'versions.refresh', title: t('refresh'), keys: ['f5', 'mod+r'], group: t('group'), run: reload }]);

  const cells = (row: VersionRow | undefined) => {
    if (!row) return [];
    if (row.kind === 'folder') {
      return [
        <button key="folder" type="button" className={styles.folder} onClick={() => goTo(row.prefix)}>
          <IconFolder size={15} aria-hidden /> {visibleName(row.prefix.slice(prefix.length))}
        </button>,
        t('folder'),
      ];
    }
    return [<Name key="name" version={row} shown={key === undefined ? row.key.slice(prefix.length) : row.key} />, <code key="id" title={row.versionId}>{row.versionId}</code>, <span key="size" className={styles.size}>{row.marker ? '' : formatBytes(row.size)}</span>, formatDate(row.modified, true), row.marker ? '' : className(t, row.storageClass), <Actions key="actions" version={row} entries={actionsOf(row)} />];
  };
  return (
    <div className={styles.tab}>
      <Toolbar label={t('title')}>
        <IconButton label={t('up')} disabled={!up} onClick={up}>
          <IconArrowUp size={16} />
        </IconButton>
        <IconButton label={t('refresh')} keys="f5" onClick={reload}>
          <IconRefresh size={16} />
        </IconButton>
        <span className={`${styles.path} mono ellipsis`}>{visibleName(s3Uri(bucket, key ?? prefix))}</span>
        <BucketButton bucket={bucket} />
        <ToolbarSpace />
        <span className={styles.count} aria-live="polite">
          {t('count', { count: rows.length, formatted: formatNumber(rows.length) })}
          {hasNextPage && `, ${t('more')}`}
        </span>
      </Toolbar>
      {error && <ErrorNotice error={toAppError(error)} onRetry={reload} />}
      {isPending && <EmptyState title={t('loading')} />}
      {!isPending && !error && rows.length === 0 && <EmptyState title={t('empty')} text={t('emptyText')} />}
      {rows.length > 0 && (
        <VirtualTable
          label={t('table')}
          tracks="minmax(180px, 2fr) minmax(120px, 1fr) 90px 160px 120px 32px"
          head={[t('column.key'), t('column.version'), <span key="size" className={styles.size}>{t('column.size')}</span>, t('column.modified'), t('column.storageClass'), '']}
          rows={rows.length}
          row={(index) => cells(rows[index])}
          onEnd={hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : undefined}
        />
      )}
    </div>
  );
}

function Name({ version: { latest, marker }, shown }: { version: Version; shown: string }) {
  const { t } = useTranslation('versions');
  return (
    <span className={styles.name} data-latest={latest || undefined}>
      {marker && <IconTrashX size={15} aria-hidden />}
      <span className="ellipsis">{visibleName(shown)}</span>
      {marker && <span className={styles.deleted}>{t('marker')}</span>}
      {latest && <span className={styles.latest}>{t('latest')}</span>}
    </span>
  );
}

function Actions({ version: { key, versionId }, entries }: { version: Version; entries: Parameters<typeof MenuEntries>[0]['entries'] }) {
  const { t } = useTranslation('versions');
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <button type="button" className={styles.more} aria-label={t('actions', { version: versionId, key })}>
          <IconDots size={15} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <MenuEntries entries={entries} />
      </Menu.Dropdown>
    </Menu>
  );
}
