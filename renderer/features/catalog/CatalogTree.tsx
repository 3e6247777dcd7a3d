import { IconCopy, IconDatabasePlus, IconEye, IconFolderOpen, IconPlayerPlay, IconRefresh, IconTable, IconTextPlus, IconFileCode } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { useView } from '../../app/workspace.tsx';
import type { MenuEntry } from '../../ui/ContextMenu.tsx';
import { FilterField } from '../../ui/FilterField.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { SideSection } from '../../ui/SideSection.tsx';
import { Tree, type TreeHandle, type TreeItem } from '../../ui/Tree.tsx';
import { useWhenChanged } from '../../ui/useWhenChanged.ts';
import { onCatalogChanged } from './catalogChanges.ts';
import { redshiftName, sqlName } from './names.ts';
import { NewDatabase } from './NewDatabase.tsx';
import { isRedshift, REDSHIFT } from './redshiftNodes.tsx';
import type { CatalogNode } from './treeItems.tsx';
import { useCatalogNodes } from './useCatalogNodes.ts';
import { useRedshiftTargets } from './useRedshiftTargets.ts';
import { useTableActions } from './useTableActions.ts';

const icon = { size: 15, stroke: 1.6 };
const filterRest = 250;

/** Catalogs, databases, tables and columns of the window's connection, read again with another `version`; a filter searches all databases. */
export default function CatalogTree({ version }: { version: string }) {
  const { t } = useTranslation('catalog');
  const cache = useQueryClient();
  const connection = useCurrentConnection();
  const actions = useTableActions();
  const tree = useRef<TreeHandle>(null);
  const [typed, setTyped] = useState('');
  const [filter, setFilter] = useState('');
  const [creating, setCreating] = useState(false);
  const [selected, setSelected] = useState<string>();
  const [expanded, setExpanded] = useView<string[]>(`catalogTree ${connection.id}`, ['c AwsDataCatalog', ...(connection.kind === 'local' ? ['d AwsDataCatalog samples'] : [])]);
  const [found, setFound] = useState<string[]>([]);
  const { targets, forget } = useRedshiftTargets(connection.id);
  const load = useCatalogNodes(connection.id, filter, connection.kind === 'local' ? undefined : targets);
  useWhenChanged(targets, () => tree.current?.reload(REDSHIFT));

  useEffect(() => {
    const timer = setTimeout(() => setFilter(typed.trim()), filterRest);
    return () => clearTimeout(timer);
  }, [typed]);

  const refresh = useRef(() => {});
  useEffect(() => {
    refresh.current = () => {
      void cache.invalidateQueries({ queryKey: ['table', connection.id] });
      void cache.invalidateQueries({ queryKey: ['completion', connection.id] });
      tree.current?.reload();
      for (const id of filter ? found : expanded) tree.current?.reload(id);
    };
  });
  useEffect(() => onCatalogChanged((id) => id === connection.id && refresh.current()), [connection.id]);

  useWhenChanged(version, () => refresh.current());

  const menu = ({ id, data }: TreeItem<CatalogNode>): MenuEntry[] => {
    const named = (name: string): MenuEntry[] => [
      { label: t('copyName'), icon: <IconCopy {...icon} />, run: () => actions.copyName(name) },
      { label: t('insert'), icon: <IconTextPlus {...icon} />, run: () => actions.insert(name) },
    ];
    if (data.kind === 'column') return named(data.name);
    if (isRedshift(data)) {
      const again: MenuEntry = { label: t('refresh'), icon: <IconRefresh {...icon} />, run: () => tree.current?.reload(id) };
      if (data.kind === 'redshiftTable') {
        const name = redshiftName(data);
        return [{ label: t('query'), icon: <IconFileCode {...icon} />, run: () => actions.queryRedshift(data.target, `SELECT *\nFROM ${name}\nLIMIT 100;\n`, data.table) }, 'separator', ...named(name), again];
      }
      if (data.kind === 'redshiftSchema') return [...named(data.schema), 'separator', again];
      if (data.kind === 'redshiftDatabase') return [...named(data.target.database), 'separator', again];
      if (data.kind === 'redshiftPlace') return [{ label: t('redshift.openTab'), icon: <IconFileCode {...icon} />, run: () => actions.queryRedshift(data.target) }, again, { label: t('redshift.forget'), run: () => forget(data.target) }];
      return data.kind === 'redshift' ? [again] : [];
    }
    if (data.kind === 'database') return [...named(data.database), 'separator', { label: t('refresh'), icon: <IconRefresh {...icon} />, run: () => tree.current?.reload(`d ${data.catalog} ${data.database}`) }];
    if (data.kind === 'catalog') return [{ label: t('refresh'), icon: <IconRefresh {...icon} />, run: () => tree.current?.reload(`c ${data.catalog}`) }];
    return [
      { label: t('preview'), icon: <IconPlayerPlay {...icon} />, run: () => actions.preview(data) },
      { label: t('query'), icon: <IconFileCode {...icon} />, run: () => actions.query(data) },
      { label: t('open'), icon: data.tableKind === 'view' ? <IconEye {...icon} /> : <IconTable {...icon} />, run: () => actions.open(data) },
      { label: t('openLocation'), icon: <IconFolderOpen {...icon} />, disabled: data.tableKind === 'view' ? t('viewHasNoLocation') : undefined, run: () => actions.openLocation(data) },
      'separator',
      ...named(sqlName(data)),
      { label: t('showDdl'), icon: <IconFileCode {...icon} />, run: () => actions.showDdl(data) },
    ];
  };
  const toggle = (id: string) => {
    const [ids, set] = filter ? [found, setFound] : [expanded, setExpanded];
    set(ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]);
  };
  return (
    <SideSection
      title={t('catalog')}
      actions={
        <>
          <IconButton label={t('newDatabase')} onClick={() => setCreating(true)} disabled={connection.readOnly}>
            <IconDatabasePlus size={16} stroke={1.6} />
          </IconButton>
          <IconButton label={t('refresh')} onClick={() => refresh.current()}>
            <IconRefresh size={16} stroke={1.6} />
          </IconButton>
        </>
      }
      filter={<FilterField label={t('filter')} value={typed} onChange={setTyped} />}
    >
      {creating && <NewDatabase connectionId={connection.id} onDone={(made) => (setCreating(false), made && refresh.current())} />}
      <Tree<CatalogNode>
        // Another filter is another tree; the whole one keeps what is open.
        key={filter ? `search ${filter}` : 'all'}
        ref={tree}
        label={t('catalog')}
        load={load}
        expanded={filter ? found : expanded}
        onExpandedChange={filter ? setFound : setExpanded}
        selectedId={selected}
        onPick={({ id }) => setSelected(id)}
        onOpen={({ id, data }) => {
          setSelected(id);
          if (data.kind === 'table') actions.open(data);
          else if (data.kind === 'column') actions.insert(data.name);
          else if (data.kind === 'redshiftChoose') actions.queryRedshift();
          else toggle(id);
        }}
        menu={menu}
        emptyText={filter ? t('nothingFound') : t('nothingHere')}
      />
    </SideSection>
  );
}
