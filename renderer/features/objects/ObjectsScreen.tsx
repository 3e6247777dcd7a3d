import { useDeferredValue, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { useAfterSignIn } from '../../app/signIn.ts';
import { s3Uri } from '../../app/openTabs.ts';
import { useTabScope } from '../../app/tabScope.tsx';
import { useView } from '../../app/workspace.tsx';
import type { Client } from '../../client.ts';
import { ContextMenu } from '../../ui/ContextMenu.tsx';
import { Splitter } from '../../ui/Splitter.tsx';
import { ObjectDetailsDialog } from '../objectDetails/ObjectDetailsDialog.tsx';
import { PreviewPane } from '../preview/PreviewPane.tsx';
import { SearchBar } from '../search/SearchBar.tsx';
import { searchSource } from '../search/searchSource.ts';
import { useFoundMenu, useSearch, type Search } from '../search/useSearch.tsx';
import { DRAGGED_OBJECTS, dragObjects } from '../transfers/objectClipboard.ts';
import { DEFAULT_COLUMNS, DEFAULT_WIDTHS, shownColumns } from './columns.ts';
import { DropZone } from './DropZone.tsx';
import { folderSource } from './folderSource.ts';
import { Listing, type ListingPlace } from './listing.ts';
import { ListingFoot } from './ListingFoot.tsx';
import { ListingNotice } from './ListingNotice.tsx';
import { BY_NAME, type Sort, type SortColumn } from './listingView.ts';
import { ObjectsGrid, type GridHandle } from './ObjectsGrid.tsx';
import styles from './ObjectsScreen.module.css';
import type { ObjectsParams } from './ObjectsTab.tsx';
import { ObjectsToolbar } from './ObjectsToolbar.tsx';
import { NO_SELECTION, type RowSelection } from './rowSelection.ts';
import { RowSet } from './rowSet.ts';
import { selectedItems } from './selectedItems.ts';
import { useAskedRow } from './useAskedRow.ts';
import { useListingView } from './useListingView.ts';
import { useSizesMenu } from './useSizesMenu.tsx';
import { useObjectActions } from './useObjectActions.tsx';
import type { PlaceHistory } from './usePlaceHistory.ts';
import { useReloadAfterTransfers } from './useReloadAfterTransfers.ts';
import type { TypedAhead } from './useTypeAhead.ts';

interface Props {
  params: ObjectsParams;
  goTo(place: ObjectsParams): void;
  history: PlaceHistory;
}

const listingOf = (client: Client, place: ListingPlace, search: Search | undefined) =>
  new Listing(place, search?.filter ? searchSource(client, place, search.filter) : folderSource(client, place));

/** One place of a bucket: tool bar, the grid "Objects", and beside it the preview of what is chosen. */
export function ObjectsScreen({ params, goTo, history }: Props) {
  const { t } = useTranslation('objects');
  const client = useClient();
  const { id: connectionId } = useCurrentConnection();
  const { isActive } = useTabScope();
  const { bucket, prefix, select } = params;
  const [generation, setGeneration] = useState(0);
  const [selection, setSelection] = useState<RowSelection>(NO_SELECTION);
  const searching = useSearch(() => setSelection(NO_SELECTION));
  const { search } = searching;
  const listing = useMemo(() => listingOf(client, { connectionId, bucket, prefix }, search), [client, connectionId, bucket, prefix, search?.filter, generation]); // eslint-disable-line react-hooks/exhaustive-deps
  const version = useSyncExternalStore(listing.subscribe, listing.snapshot);
  const [sort, setSort] = useState<Sort>(BY_NAME);
  const [filter, setFilter] = useState('');
  const deferredFilter = useDeferredValue(filter);
  const [menuAt, setMenuAt] = useState<{ x: number; y: number } | null>(null);
  const [propertiesOf, setPropertiesOf] = useState<readonly string[] | null>(null);
  const [beyond, setBeyond] = useState<TypedAhead | 'end' | null>(null);
  const [chosenColumns, setColumns] = useView<SortColumn[]>('objectsColumns', DEFAULT_COLUMNS);
  const columns = useMemo(() => shownColumns(chosenColumns), [chosenColumns]);
  const [widths, setWidths] = useView('objectsWidths', DEFAULT_WIDTHS);
  const [previewWidth, setPreviewWidth] = useView('previewWidth', 360);
  const [previewOpen] = useView('previewOpen', true);
  const grid = useRef<GridHandle>(null);
  const { view, busy } = useListingView(listing, version, sort, deferredFilter);

  useEffect(() => {
    listing.run();
    return () => listing.close();
  }, [listing]);
  useEffect(() => {
    if (isActive && !document.querySelector('[role="dialog"], input:focus, [role="tree"]:focus')) grid.current?.focus();
  }, [isActive, listing]);

  // The key a path or another screen asked for, once it is listed.
  const [asked, setAsked] = useState({ by: select, key: select });
  if (asked.by !== select) setAsked({ by: select, key: select });
  useAskedRow(listing, version, asked.key, (row) => {
    setAsked({ by: select, key: undefined });
    setSelection({ rows: RowSet.of([row]), anchor: row, focus: row });
  });

  const reload = () => {
    const focusedKey = listing.key(selection.focus);
    setSelection(NO_SELECTION);
    setGeneration((before) => before + 1);
    setAsked({ by: select, key: focusedKey });
  };
  useAfterSignIn(connectionId, listing.error, () => (search?.filter ? searching.again() : listing.run()));
  useReloadAfterTransfers({ connectionId, bucket, prefix }, reload);

  const items = useMemo(() => selectedItems(listing, selection.rows), [listing, selection.rows]);
  const up = () => {
    const parent = prefix.replace(/[^/]*\/?$/, '');
    if (prefix !== '') goTo({ bucket, prefix: parent, select: prefix });
  };
  const open = (row: number) => {
    const key = listing.key(row);
    if (key !== undefined && listing.isFolder(row)) goTo({ bucket, prefix: key });
    else if (key !== undefined) setPropertiesOf([key]);
  };
  const choose = (next: RowSelection) => {
    setSelection(next);
    setBeyond(null);
  };
  const onDrag = (rows: RowSet, data: DataTransfer) => {
    const { keys, prefixes } = rows === selection.rows ? items : selectedItems(listing, rows);
    dragObjects({ connectionId, bucket, prefix, keys, prefixes });
    data.setData(DRAGGED_OBJECTS, '1');
    data.setData('text/plain', [...prefixes, ...keys].slice(0, 1000).map((key) => s3Uri(bucket, key)).join('\n'));
    data.effectAllowed = 'copyMove';
  };
  const focusGrid = () => grid.current?.focus();
  const actions = useObjectActions({ place: { bucket, prefix }, items, goTo, up, reload, showProperties: setPropertiesOf, focusGrid, history });
  const isSearch = search?.filter !== undefined;
  const leaveSearch = () => {
    searching.close();
    focusGrid();
  };
  const foundMenu = useFoundMenu(isSearch, items.keys.length === 1 && items.prefixes.length === 0 ? items.keys[0] : undefined, (folder, key) => {
    searching.close();
    goTo({ bucket, prefix: folder, select: key });
  });
  const sizes = useSizesMenu(client, listing, selection.rows, items.prefixes.length);
  const shownKey = selection.rows.size === 1 && items.keys.length === 1 ? items.keys[0] : undefined;
  const shownRow = shownKey === undefined ? -1 : [...selection.rows][0];
  const previewed = shownKey !== undefined && shownRow !== undefined && shownRow >= 0 ? { key: shownKey, size: listing.size(shownRow) ?? 0, modified: listing.modified(shownRow), storageClass: listing.storageClass(shownRow) } : undefined;

  return (
    <div className={styles.screen}>
      <ObjectsToolbar place={{ bucket, prefix }} goTo={goTo} onUp={prefix === '' ? undefined : up} history={history} onReload={reload} actions={actions} items={items} searching={searching} />
      {search && (
        <SearchBar place={s3Uri(bucket, prefix)} running={search.filter !== undefined && listing.state === 'listing'} onSearch={searching.start} onStop={() => listing.stop()} onClose={leaveSearch} />
      )}
      <div className={styles.split}>
        <DropZone place={{ bucket, prefix }}>
          <ListingNotice listing={listing} place={{ bucket, prefix }} filter={deferredFilter} shown={view.length} busy={busy} onUpload={actions.uploadFiles} onRetry={() => (isSearch ? searching.again() : listing.run())} />
          <ObjectsGrid
            ref={grid}
            listing={listing}
            view={view}
            busy={busy}
            sort={sort}
            onSort={setSort}
            selection={selection}
            onSelection={choose}
            onOpen={open}
            onUp={up}
            onDelete={actions.remove}
            onCopy={actions.copyUri}
            onMenu={setMenuAt}
            onDrag={onDrag}
            onBeyond={setBeyond}
            columns={columns}
            onColumns={setColumns}
            widths={widths}
            onWidths={setWidths}
          />
          <ListingFoot listing={listing} shown={view.length} busy={busy} items={items} beyond={beyond} onStopSizes={sizes.stop} filter={filter} onFilter={setFilter} />
        </DropZone>
        {previewOpen && (
          <div className={styles.aside}>
            <Splitter direction="columns" reverse label={t('resizePreview')} size={previewWidth} min={240} max={1200} onResize={setPreviewWidth} />
            <div className={styles.preview} style={{ width: previewWidth }}>
              <PreviewPane bucket={bucket} prefix={items.keys.length === 0 && items.prefixes.length === 1 ? items.prefixes[0]! : prefix} object={previewed} selected={{ count: selection.rows.size, folders: items.prefixes.length, bytes: items.bytes }} />
            </div>
          </div>
        )}
      </div>
      <ContextMenu at={menuAt} entries={[...foundMenu, ...actions.menu.slice(0, -2), ...sizes.menu, ...actions.menu.slice(-2)]} onClose={() => setMenuAt(null)} />
      {propertiesOf !== null && <ObjectDetailsDialog bucket={bucket} keys={propertiesOf} onClose={() => setPropertiesOf(null)} />}
    </div>
  );
}
