import { IconBucket, IconFolder, IconPlus, IconRefresh } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useConnections } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { parseS3Uri, useOpenTabs, type ObjectsPlace } from '../../app/openTabs.ts';
import { useView, useWorkspace } from '../../app/workspace.tsx';
import { FilterField } from '../../ui/FilterField.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { SideSection } from '../../ui/SideSection.tsx';
import { Tree, type TreeHandle, type TreeItem } from '../../ui/Tree.tsx';
import type { LoadChildren } from '../../ui/treeBranches.ts';
import { useWhenChanged } from '../../ui/useWhenChanged.ts';
import { placeOfId, useTypedPlaces } from '../bucket/useTypedPlaces.ts';
import { useBucketMenu } from './useBucketMenu.tsx';

const placeId = ({ bucket, prefix }: ObjectsPlace): string => `${bucket}/${prefix}`;
/** `b/x/y/` is below `b/` and `b/x/`. */
function ancestors(id: string | undefined): string[] {
  const parts = id?.split('/').slice(0, -2) ?? [];
  return parts.map((_part, index) => `${parts.slice(0, index + 1).join('/')}/`);
}
/** Pages of a folder that holds only objects are skipped, up to so many at a time. */
const PAGES_WITHOUT_FOLDERS = 4;

/**
 * The tree "Buckets": buckets, and their prefixes as folders. A bucket one may not list opens by typing it. With another
 * `version` it is read again; what is open and where one is in it stays.
 */
export default function BucketTree({ version }: { version: string }) {
  const { t } = useTranslation('objects');
  const client = useClient();
  const { current: connection } = useConnections();
  const { tabs, activeTabId } = useWorkspace();
  const { openObjects } = useOpenTabs();
  const [expanded, setExpanded] = useView<string[]>(`buckets ${connection.id}`, []);
  const typed = useTypedPlaces(connection.id);
  const [listed, setListed] = useState<ReadonlySet<string>>();
  const [filter, setFilter] = useState('');
  const tree = useRef<TreeHandle>(null);
  const reload = useCallback((id?: string) => tree.current?.reload(id), []);
  const { menu, createBucket, dialogs } = useBucketMenu(reload, typed);

  const load = useCallback<LoadChildren<ObjectsPlace>>(
    async (parent, token, signal) => {
      const connectionId = connection.id;
      if (!parent) {
        const item = (id: string): TreeItem<ObjectsPlace> => ({ id, label: id.replace(/\/$/, ''), icon: <IconBucket size={15} stroke={1.6} />, expandable: true, data: placeOfId(id) });
        try {
          const names = (await client.s3.buckets({ connectionId }, { signal })).map(({ name }) => name);
          setListed(new Set(names));
          // A typed place of a bucket that is listed is found below that bucket.
          const others = typed.ids.filter((id) => !names.includes(placeOfId(id).bucket));
          return { items: [...names.map((name) => `${name}/`), ...others].toSorted().map(item) };
        } catch (error) {
          // Who may not list buckets may still open those they know.
          const failure = toAppError(error);
          if (failure.code === 'AccessDenied' || failure.code === 'NotImplemented') setListed(new Set());
          if (typed.ids.length === 0) throw error;
          return { items: typed.ids.toSorted().map(item), error: failure };
        }
      }
      const { bucket, prefix } = parent.data;
      let next = token;
      for (let pages = 0; ; pages += 1) {
        const page = await client.s3.list({ connectionId, bucket, prefix, token: next }, { signal });
        next = page.nextToken;
        if (page.prefixes.length === 0 && next && pages < PAGES_WITHOUT_FOLDERS) continue;
        const items = page.prefixes.map((child) => ({
          id: placeId({ bucket, prefix: child }),
          label: child.slice(prefix.length),
          icon: <IconFolder size={15} stroke={1.6} />,
          expandable: true,
          data: { bucket, prefix: child },
        }));
        return { items, nextToken: next };
      }
    },
    [client, connection.id, typed],
  );

  const goTo = (text: string) => {
    const place = /^s3[an]?:\/\//i.test(text) ? parseS3Uri(text) : null;
    if (!place) return;
    setFilter('');
    openObjects(place);
  };
  const wanted = filter.trim().toLowerCase();
  const keep = useCallback((item: TreeItem<ObjectsPlace>) => !wanted || wanted.startsWith('s3:') || item.data.prefix !== '' || item.label.toLowerCase().includes(wanted), [wanted]);
  const active = tabs.find((tab) => tab.id === activeTabId && tab.kind === 'objects' && tab.connectionId === connection.id);
  const selectedId = useMemo(() => (active && typeof active.params.bucket === 'string' ? `${active.params.bucket}/${String(active.params.prefix ?? '')}` : undefined), [active]);

  // A place of a bucket that no listing shows stays in the tree, wherever it was typed.
  useEffect(() => {
    const place = selectedId === undefined ? undefined : placeOfId(selectedId);
    if (!place || !listed || listed.has(place.bucket)) return;
    if (!typed.ids.some((id) => selectedId!.startsWith(id))) typed.add(place);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what the user removes stays removed until it is opened again
  }, [selectedId, listed]);
  useWhenChanged(typed.ids, () => reload());
  useWhenChanged(version, () => {
    reload();
    for (const id of expanded) reload(id);
  });

  // A place that was typed or followed is shown where it is in the tree.
  useEffect(() => {
    const above = ancestors(selectedId).filter((id) => !expanded.includes(id));
    if (above.length > 0) setExpanded([...expanded, ...above]);
    // Only when the place changes: what the user closes then stays closed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [selectedId]);

  return (
    <SideSection
      title={t('buckets')}
      actions={
        <>
          <IconButton label={t('newBucket')} onClick={createBucket} disabled={connection.readOnly}>
            <IconPlus size={16} stroke={1.6} />
          </IconButton>
          <IconButton label={t('refresh')} onClick={() => reload()}>
            <IconRefresh size={15} stroke={1.6} />
          </IconButton>
        </>
      }
      filter={<FilterField label={t('filterBuckets')} value={filter} onChange={setFilter} onEnter={goTo} />}
    >
      <Tree
        ref={tree}
        label={t('buckets')}
        load={load}
        expanded={expanded}
        onExpandedChange={setExpanded}
        selectedId={selectedId}
        onPick={(item) => {
          openObjects(item.data);
          if (!expanded.includes(item.id)) setExpanded([...expanded, item.id]);
        }}
        menu={menu}
        keep={keep}
        emptyText={t('noFolders')}
      />
      {dialogs}
    </SideSection>
  );
}
